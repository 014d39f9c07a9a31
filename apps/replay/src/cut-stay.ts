import { HOUR_MS } from '#clinical';
import type { RecordedStay } from '#datasets';
import { endMs } from './stay-events.js';

/** The first hours of a stay, as if its recording stopped there; a shorter stay as it is. The outcome stays. */
export function cutStay(recorded: RecordedStay, hours: number): RecordedStay {
  const cutMs = recorded.stay.admittedAtMs + hours * HOUR_MS;
  if (endMs(recorded) <= cutMs) return recorded;
  const observations = recorded.observations.filter(({ availableAtMs }) => availableAtMs <= cutMs);
  return { ...recorded, observations, endedAtMs: cutMs };
}
