import { isPlausible, isSignalId, MINUTE_MS, OBSERVATION_SOURCES, toStoredUnit, type Observation } from '#clinical';
import type { ObservationEvent } from '#wire';
import { isWaiting } from './apply-score.js';
import type { StayRecord } from './stay-record.js';

/** An observation further ahead of its record's log timestamp than this does not count, as in the scorer. */
const MAX_SKEW_MS = 5 * MINUTE_MS;

/** What came of an observation. Only a usable one makes a bed look alive. */
export type ObservationOutcome = 'applied' | 'not-newer' | 'unusable';

/**
 * Takes an observation into the newest values of its stay. What the scorer would refuse (unknown signal or unit, implausible, from the future) is
 * unusable here too, so that a monitor that sends nonsense does not pass for one that works.
 */
export function applyObservation(
  stay: StayRecord,
  event: ObservationEvent,
  logTimestampMs: number,
): ObservationOutcome {
  const observation = usableObservation(event, logTimestampMs);
  if (observation === undefined) return 'unusable';
  if (!stay.unscoredSinceMs && isWaiting(stay, observation.effectiveAtMs)) stay.unscoredSinceMs = logTimestampMs;
  const held = stay.newest.get(observation.signal);
  if (held !== undefined && !isNewer(observation, held)) return 'not-newer';
  stay.newest.set(observation.signal, observation);
  stay.newestObservationAtMs = Math.max(stay.newestObservationAtMs ?? -Infinity, observation.effectiveAtMs);
  return 'applied';
}

function usableObservation(event: ObservationEvent, logTimestampMs: number): Observation | undefined {
  if (!isSignalId(event.signal) || event.effectiveAtMs > logTimestampMs + MAX_SKEW_MS) return undefined;
  const value = toStoredUnit(event.signal, event.value, event.unit);
  if (value === undefined || !isPlausible(event.signal, value)) return undefined;
  return {
    signal: event.signal,
    value,
    effectiveAtMs: event.effectiveAtMs,
    availableAtMs: event.availableAtMs,
    source: event.source,
  };
}

/** By (effective time, available time, source, value), as a window's slot decides. */
function isNewer(candidate: Observation, held: Observation): boolean {
  const order =
    candidate.effectiveAtMs - held.effectiveAtMs ||
    candidate.availableAtMs - held.availableAtMs ||
    OBSERVATION_SOURCES.indexOf(candidate.source) - OBSERVATION_SOURCES.indexOf(held.source) ||
    candidate.value - held.value;
  return order > 0;
}
