import { DAY_MS, HOUR_MS } from '#clinical';
import type { RecordedStay } from '#datasets';
import type { StayFacts } from './stay-facts.js';

/**
 * Facts of a recorded stay. A day of death is known to a day only, so it never lies before the end of the recording.
 *
 * @param replayed the part of the stay that is replayed: it says nothing of when the stay ended
 */
export function factsOfStay(whole: RecordedStay, replayed: RecordedStay): StayFacts {
  const { stay, patientId, outcome, survivalDays } = whole;
  const deathHours = outcome === 'died' && survivalDays !== undefined ? (survivalDays * DAY_MS) / HOUR_MS : 0;
  return {
    stayId: stay.stayId,
    patientId,
    ...(outcome === undefined ? {} : { died: outcome === 'died' }),
    endHours: Math.max(hoursOf(whole), deathHours),
    recordedHours: hoursOf(replayed),
  };
}

/** From admission to the end of the stay or of its recording. */
function hoursOf({ stay, observations, endedAtMs }: RecordedStay): number {
  return ((endedAtMs ?? observations.at(-1)?.availableAtMs ?? stay.admittedAtMs) - stay.admittedAtMs) / HOUR_MS;
}
