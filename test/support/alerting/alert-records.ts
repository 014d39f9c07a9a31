import { MINUTE_MS } from '#clinical';
import type { OutgoingRecord } from '#stream';
import {
  encodeEvent,
  OBSERVATION,
  RISK_SCORE,
  STAY_ADMITTED,
  STAY_ENDED,
  type ObservationEvent,
  type RiskScore,
} from '#wire';

/** Minute 0 of the recordings. */
export const START_MS = 1_700_000_000_000;

/** Epoch milliseconds of a minute. */
export function atMinute(minute: number): number {
  return START_MS + minute * MINUTE_MS;
}

/** A score as the scorer publishes it, due and logged at a minute; refused without a risk. */
export function scoreRecord(
  stayId: string,
  minute: number,
  median: number | undefined,
  more: Partial<RiskScore> = {},
): OutgoingRecord {
  const dueAtMs = atMinute(minute);
  const score: RiskScore = {
    ...{ stayId, site: 'north', ward: 'icu-1', bed: `bed-${stayId}`, admittedAtMs: START_MS, dueAtMs },
    ...{ windowStartMs: START_MS, windowDigest: 'd', releaseId: 'r', releaseStage: 'research', engine: 'spec' },
    ...(median === undefined
      ? { refusedBecause: 'model-unavailable' as const }
      : { risk: { median, low: Math.max(0, median - 0.05), high: Math.min(1, median + 0.05) } }),
    ...{ contributions: [], completeness: 0.8, shareImputed: 0.2, latest: [], imputed: [] },
    news2: { total: 2, parts: {}, missing: [] },
    ...more,
  };
  return record(RISK_SCORE, stayId, minute, `${stayId}|${dueAtMs}|${score.windowDigest}|r`, score);
}

/** A heart rate at a minute. */
export function heardRecord(stayId: string, minute: number): OutgoingRecord {
  const at = { effectiveAtMs: atMinute(minute), availableAtMs: atMinute(minute) };
  const data: ObservationEvent = { stayId, signal: 'heart-rate', value: 80, unit: '/min', source: 'monitor', ...at };
  return record(OBSERVATION, stayId, minute, `${stayId}|${minute}`, data);
}

/** An admission at a minute. */
export function admittedRecord(stayId: string, minute: number): OutgoingRecord {
  const place = { site: 'north', ward: 'icu-1', bed: `bed-${stayId}` };
  const data = { stayId, ...place, admittedAtMs: atMinute(minute), static: {} };
  return record(STAY_ADMITTED, stayId, minute, `${stayId}|admitted`, data);
}

/** The end of a stay at a minute. */
export function endedRecord(stayId: string, minute: number): OutgoingRecord {
  return record(STAY_ENDED, stayId, minute, `${stayId}|ended`, { stayId, endedAtMs: atMinute(minute) });
}

/** An event of any type and data. */
export function record(type: string, key: string, minute: number, id: string, data: unknown): OutgoingRecord {
  return encodeEvent({ type, source: '/spec', id, key, timeMs: atMinute(minute) }, data);
}
