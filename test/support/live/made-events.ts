import { signalDefinition, type SignalId } from '#clinical';
import type { LogRecord, OutgoingRecord } from '#stream';
import {
  encodeEvent,
  OBSERVATION,
  RISK_SCORE,
  STAY_ADMITTED,
  STAY_ENDED,
  TOPICS,
  type ObservationEvent,
  type RiskScore,
  type StayAdmitted,
  type StayEnded,
} from '#wire';

/** 2026-01-05 08:00 UTC, when the made stays are admitted. */
export const ADMITTED_AT_MS = Date.parse('2026-01-05T08:00:00Z');

/** An admission of a made stay. */
export function admission(stayId: string, changes: Partial<StayAdmitted> = {}): StayAdmitted {
  return {
    stayId,
    site: 'north',
    ward: 'icu-1',
    bed: `bed-${stayId}`,
    admittedAtMs: ADMITTED_AT_MS,
    static: { ageYears: 71, sex: 'female' },
    ...changes,
  };
}

/** A heart rate (or another signal), available as soon as it is true. */
export function observation(
  stayId: string,
  atMs: number,
  value = 80,
  signal: SignalId = 'heart-rate',
): ObservationEvent {
  const unit = signalDefinition(signal).unit;
  return { stayId, signal, value, unit, effectiveAtMs: atMs, availableAtMs: atMs, source: 'monitor' };
}

/** A score of a made stay. */
export function score(stayId: string, dueAtMs: number, changes: Partial<RiskScore> = {}): RiskScore {
  return {
    stayId,
    site: 'north',
    ward: 'icu-1',
    bed: `bed-${stayId}`,
    admittedAtMs: ADMITTED_AT_MS,
    dueAtMs,
    windowStartMs: ADMITTED_AT_MS,
    windowDigest: `${dueAtMs}`.padStart(64, '0'),
    releaseId: 'made-1',
    releaseStage: 'untrained',
    engine: 'onnx-cpu',
    risk: { median: 0.2, low: 0.1, high: 0.3 },
    contributions: [{ signal: 'heart-rate', logOdds: 0.4 }],
    completeness: 0.5,
    shareImputed: 0.25,
    latest: [{ signal: 'heart-rate', value: 80, atMs: dueAtMs }],
    news2: { total: 5, parts: { pulse: 0 }, missing: ['consciousness'] },
    imputed: [],
    ...changes,
  };
}

/** The score refused. */
export function refusal(stayId: string, dueAtMs: number, because: NonNullable<RiskScore['refusedBecause']>): RiskScore {
  const refused = score(stayId, dueAtMs, { refusedBecause: because, contributions: [] });
  Reflect.deleteProperty(refused, 'risk');
  return refused;
}

/** A record of `bedside-events`, as the replay writes it. */
export function bedsideRecord(
  type: 'admission' | 'observation' | 'end',
  event: StayAdmitted | ObservationEvent | StayEnded,
  timestampMs: number,
): OutgoingRecord {
  const types = { admission: STAY_ADMITTED, observation: OBSERVATION, end: STAY_ENDED };
  const attributes = { type: types[type], source: '/vigil/spec', id: `${type}-${event.stayId}-${timestampMs}` };
  return encodeEvent({ ...attributes, key: event.stayId, timeMs: timestampMs }, event);
}

/** A record of `risk-scores`. */
export function scoreRecord(event: RiskScore): OutgoingRecord {
  const attributes = { type: RISK_SCORE, source: '/vigil/spec', id: `${event.stayId}-${event.dueAtMs}` };
  return encodeEvent({ ...attributes, key: event.stayId, timeMs: event.dueAtMs }, event);
}

/** As it would stand on the log. */
export function onLog(topic: keyof typeof TOPICS, record: OutgoingRecord, offset = 0n): LogRecord {
  return { ...record, topic: TOPICS[topic], partition: 0, offset };
}
