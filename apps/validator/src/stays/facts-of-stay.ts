import { DAY_MS, HOUR_MS } from '#clinical';
import type { RecordedStay } from '#datasets';
import type { StayFacts } from './stay-facts.js';

/** Facts of a recorded stay. A day of death is known to a day only, so it never lies before the end of the recording. */
export function factsOfStay(recorded: RecordedStay): StayFacts {
  const { stay, patientId, outcome, observations, survivalDays } = recorded;
  const endedAtMs = recorded.endedAtMs ?? observations.at(-1)?.availableAtMs ?? stay.admittedAtMs;
  const recordedHours = (endedAtMs - stay.admittedAtMs) / HOUR_MS;
  const deathHours = outcome === 'died' && survivalDays !== undefined ? (survivalDays * DAY_MS) / HOUR_MS : 0;
  return {
    stayId: stay.stayId,
    patientId,
    ...(outcome === undefined ? {} : { died: outcome === 'died' }),
    endHours: Math.max(recordedHours, deathHours),
    recordedHours,
  };
}
