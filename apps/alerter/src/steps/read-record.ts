import type { AlertInput } from '#alerting';
import type { LogRecord } from '#stream';
import {
  ADMISSION_CANCELLED,
  admissionCancelledSchema,
  ALERT_COMMAND,
  alertCommandSchema,
  decodeData,
  DISCHARGE_CANCELLED,
  dischargeCancelledSchema,
  eventType,
  OBSERVATION,
  RISK_SCORE,
  riskScoreSchema,
  STAY_ADMITTED,
  STAY_ENDED,
  STAY_MERGED,
  STAY_TRANSFERRED,
  stayAdmittedSchema,
  stayEndedSchema,
  stayMergedSchema,
  stayTransferredSchema,
  TOPICS,
  type AlertCommand,
  type Decoded,
  type RiskScore,
} from '#wire';
import { readHeard } from './read-heard.js';

/** A record as an input, or what it is instead. */
export type ReadRecord =
  | { readonly kind: 'input'; readonly input: AlertInput }
  /** Of no concern to alerts. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'refused'; readonly outcome: 'malformed' | 'type-unknown'; readonly detail: string };

const IGNORED: ReadRecord = { kind: 'ignored' };

/**
 * Reads a record of one of the topics that the alerter reads. Never throws for bad data.
 *
 * @param atMs the record's time on the partition's clock; a command says its own
 */
export function readRecord(record: LogRecord, atMs: number): ReadRecord {
  const type = eventType(record.headers);
  switch (record.topic) {
    case TOPICS.riskScores:
      if (type !== RISK_SCORE) return unknownType(type, 'a score');
      return checked(record, decodeData(riskScoreSchema, record.value), (score) => scoreInput(score, record, atMs));
    case TOPICS.alertCommands:
      if (type !== ALERT_COMMAND) return unknownType(type, 'a command about an alert');
      return checked(record, decodeData(alertCommandSchema, record.value), commandInput);
    default:
      return readBedsideEvent(type, record, atMs);
  }
}

/** The scorer tells of bedside events that cannot be used; here they are passed over. */
function readBedsideEvent(type: string | undefined, record: LogRecord, atMs: number): ReadRecord {
  const { value } = record;
  switch (type) {
    case OBSERVATION:
      return readHeard(record, atMs);
    case STAY_ADMITTED:
      return quiet(record, decodeData(stayAdmittedSchema, value), ({ site, ward, bed }) => {
        return { kind: 'placed', atMs, site, ward, bed };
      });
    case STAY_TRANSFERRED:
      return quiet(record, decodeData(stayTransferredSchema, value), ({ site, ward, bed }) => {
        return { kind: 'placed', atMs, site, ward, bed };
      });
    case STAY_ENDED:
      return quiet(record, decodeData(stayEndedSchema, value), () => ({ kind: 'ended', atMs }));
    case ADMISSION_CANCELLED:
      return quiet(record, decodeData(admissionCancelledSchema, value), () => ({ kind: 'ended', atMs }));
    case DISCHARGE_CANCELLED:
      return quiet(record, decodeData(dischargeCancelledSchema, value), () => ({ kind: 'reopened', atMs }));
    case STAY_MERGED:
      return quiet(record, decodeData(stayMergedSchema, value), ({ survivorStayId }) =>
        survivorStayId === record.key ? undefined : { kind: 'merged', atMs },
      );
    default:
      return IGNORED;
  }
}

function scoreInput(score: RiskScore, { headers }: LogRecord, atMs: number): AlertInput {
  const { dueAtMs, site, ward, bed, releaseId, releaseStage, risk, refusedBecause, news2, completeness } = score;
  const id = headers['ce_id'] ?? `${score.windowDigest}|${releaseId}`;
  return {
    ...{ kind: 'score', atMs },
    score: {
      ...{ id, dueAtMs, site, ward, bed, releaseId, releaseStage, completeness },
      ...(risk ? { risk } : {}),
      ...(refusedBecause ? { refusedBecause } : {}),
      news2: { total: news2.total, missing: news2.missing },
    },
  };
}

function commandInput({ commandId, alertId, action, untilMs, by, why, atMs }: AlertCommand): AlertInput {
  const asked = { ...(untilMs === undefined ? {} : { untilMs }), ...(why === undefined ? {} : { why }) };
  return { kind: 'command', atMs, command: { commandId, alertId, action, by, ...asked } };
}

function checked<T extends { readonly stayId: string }>(
  record: LogRecord,
  decoded: Decoded<T>,
  toInput: (data: T) => AlertInput,
): ReadRecord {
  if (!decoded.ok) return { kind: 'refused', outcome: 'malformed', detail: decoded.problem };
  if (decoded.data.stayId === record.key) return { kind: 'input', input: toInput(decoded.data) };
  const detail = "the record's key is not its stay; records of a stay must share a partition";
  return { kind: 'refused', outcome: 'malformed', detail };
}

function quiet<T extends { readonly stayId: string }>(
  record: LogRecord,
  decoded: Decoded<T>,
  toInput: (data: T) => AlertInput | undefined,
): ReadRecord {
  if (!decoded.ok || decoded.data.stayId !== record.key) return IGNORED;
  const input = toInput(decoded.data);
  return input ? { kind: 'input', input } : IGNORED;
}

function unknownType(type: string | undefined, expected: string): ReadRecord {
  const detail = `type ${JSON.stringify(type ?? null)}; expected ${expected} in binary mode`;
  return { kind: 'refused', outcome: 'type-unknown', detail };
}
