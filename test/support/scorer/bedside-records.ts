import { HOUR_MS, type Observation } from '#clinical';
import type { LogRecord, OutgoingRecord } from '#stream';
import {
  encodeEvent,
  OBSERVATION,
  STAY_ADMITTED,
  STAY_ENDED,
  TOPICS,
  type ObservationEvent,
  type StayAdmitted,
} from '#wire';

/** Admission time of the stays of the specs. */
export const ADMITTED_AT_MS = 1_700_000_000_000;

/** An admission; logged at the admission time. */
export function admission(stayId: string, more: Partial<StayAdmitted> = {}): OutgoingRecord {
  const data = { stayId, site: 's', ward: 'w', bed: 'b', admittedAtMs: ADMITTED_AT_MS, static: { ageYears: 61 } };
  return event(STAY_ADMITTED, stayId, ADMITTED_AT_MS, { ...data, ...more });
}

/** A heart rate, or whatever is said instead; logged when it became available. */
export function observation(
  stayId: string,
  sinceAdmissionMs: number,
  more: Partial<ObservationEvent> = {},
): OutgoingRecord {
  const effectiveAtMs = ADMITTED_AT_MS + sinceAdmissionMs;
  const data: ObservationEvent = {
    ...{ stayId, signal: 'heart-rate', value: 80, unit: '/min', source: 'monitor' },
    ...{ effectiveAtMs, availableAtMs: effectiveAtMs },
    ...more,
  };
  return event(OBSERVATION, stayId, data.availableAtMs, data);
}

/** The end of a stay, logged then. */
export function end(stayId: string, sinceAdmissionMs = 24 * HOUR_MS): OutgoingRecord {
  const endedAtMs = ADMITTED_AT_MS + sinceAdmissionMs;
  return event(STAY_ENDED, stayId, endedAtMs, { stayId, endedAtMs });
}

/** An event of any type and data. */
export function event(type: string, key: string, timeMs: number, data: unknown): OutgoingRecord {
  return encodeEvent({ type, source: '/spec', id: `${type}|${key}|${timeMs}`, key, timeMs }, data);
}

/** Records as they would stand in partition 0 of `bedside-events`. */
export function logged(records: readonly OutgoingRecord[]): LogRecord[] {
  return records.map((record, index) => {
    return { ...record, topic: TOPICS.bedsideEvents, partition: 0, offset: BigInt(index) };
  });
}

/** The event of an observation, in the stored unit. */
export function observed(
  stayId: string,
  { signal, value, effectiveAtMs, ...rest }: Observation,
  unit: string,
): OutgoingRecord {
  const { availableAtMs, source } = rest;
  return event(OBSERVATION, stayId, availableAtMs, {
    stayId,
    signal,
    value,
    unit,
    effectiveAtMs,
    availableAtMs,
    source,
  });
}
