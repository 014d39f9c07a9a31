import type { LogRecord } from '#stream';
import { decodeData, eventType, OBSERVATION, observationEventSchema, RISK_SCORE, riskScoreSchema, TOPICS } from '#wire';
import type { LogClock } from '../ward/log-clock.js';
import type { WardState } from '../ward/ward-state.js';
import { takeLifeEvent } from './take-life-event.js';

/** The closed set of ends that a record can come to in the gateway; each is counted. */
export const RECORD_OUTCOMES = [
  /** It changed what is shown. */
  'applied',
  /** A score that changed what is shown. */
  'shown',
  /** A score that is older than the one shown: it enters the trend only. */
  'trend-only',
  'duplicate',
  /** An observation that is older than the newest one of its signal, or a message about a stay's life that was sent twice. */
  'not-newer',
  /** Nothing of it is shown: a window handed to a survivor, a withdrawal, a change of a stay that is over. */
  'not-shown',
  /** An observation that the scorer refuses too: unknown signal or unit, implausible, from the future. */
  'unusable',
  'stay-unknown',
  /** The stay ended and is no longer shown, or it was given up. */
  'stay-gone',
  /** As many stays are shown as may be. */
  'left-out',
  'type-unknown',
  'malformed',
] as const;

/** One of {@link RECORD_OUTCOMES}. */
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number];

/**
 * Takes a record of `bedside-events` or `risk-scores` into the ward. Never throws for bad data: the dead letters are the scorer's, the gateway counts and goes on.
 *
 * The log's clock follows the timestamps of `bedside-events` and the event times of scores, never the time at which a score was written.
 */
export function takeRecord(record: LogRecord, ward: WardState, clock: LogClock, wallNowMs: number): RecordOutcome {
  const type = eventType(record.headers);
  if (record.topic === TOPICS.riskScores) {
    return type === RISK_SCORE ? takeScore(record, ward, clock, wallNowMs) : 'type-unknown';
  }
  clock.see(record.timestampMs, wallNowMs);
  const clockMs = clock.nowMs ?? wallNowMs;
  if (type === OBSERVATION) {
    const decoded = decodeData(observationEventSchema, record.value);
    return decoded.ok ? ward.observe(decoded.data, record.timestampMs, clockMs) : 'malformed';
  }
  return takeLifeEvent(type, record, ward, clockMs);
}

function takeScore(record: LogRecord, ward: WardState, clock: LogClock, wallNowMs: number): RecordOutcome {
  const decoded = decodeData(riskScoreSchema, record.value);
  if (!decoded.ok) return 'malformed';
  clock.see(decoded.data.dueAtMs, wallNowMs);
  return ward.score(decoded.data, Buffer.from(record.value!).toString('utf8'), clock.nowMs ?? wallNowMs);
}
