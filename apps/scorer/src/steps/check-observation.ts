import {
  isPlausible,
  isSignalId,
  MINUTE_MS,
  signalDefinition,
  toStoredUnit,
  type Observation,
  type SignalId,
} from '#clinical';
import type { ObservationEvent } from '#wire';
import { passed, rejected, type StepResult } from './step-result.js';

/** How far an effective time may lie ahead of its record's log time: clocks of monitors drift. */
export const MAX_CLOCK_SKEW_MS = 5 * MINUTE_MS;

/**
 * Turns an event into an observation in the stored unit: signal, unit, times and physiological range.
 *
 * @param loggedAtMs log time of the record; never the wall clock, so that a replay judges alike
 */
export function checkObservation(event: ObservationEvent, loggedAtMs: number): StepResult<Observation> {
  const { signal, effectiveAtMs, availableAtMs, source } = event;
  if (!isSignalId(signal))
    return rejected('signal-unknown', `signal ${JSON.stringify(signal)} is not in the catalogue`);
  const value = toStoredUnit(signal, event.value, event.unit);
  if (value === undefined) return rejected('unit-unknown', unitProblem(signal, event.unit));
  if (availableAtMs < effectiveAtMs) return rejected('malformed', 'availableAtMs: lies before effectiveAtMs');
  if (effectiveAtMs > loggedAtMs + MAX_CLOCK_SKEW_MS) {
    return rejected('future', 'effectiveAtMs: more than 5 minutes ahead of the record; check the clock of the device');
  }
  if (!isPlausible(signal, value)) return rejected('implausible', rangeProblem(signal));
  return passed({ signal, value, effectiveAtMs, availableAtMs, source });
}

function unitProblem(signal: SignalId, unit: string): string {
  const { unit: stored, acceptedUnits } = signalDefinition(signal);
  const accepted = [stored, ...Object.keys(acceptedUnits)].join(', ');
  return `unit ${JSON.stringify(unit)} is not accepted for ${signal}; expected one of ${accepted}`;
}

function rangeProblem(signal: SignalId): string {
  const { plausible, unit } = signalDefinition(signal);
  return `${signal} outside of ${plausible[0]} to ${plausible[1]} ${unit}`;
}
