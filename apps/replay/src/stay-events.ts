import { signalDefinition } from '#clinical';
import type { RecordedStay } from '#datasets';
import {
  encodeEvent,
  OBSERVATION,
  STAY_ADMITTED,
  STAY_ENDED,
  type BinaryEvent,
  type ObservationEvent,
  type StayAdmitted,
  type StayEnded,
} from '#wire';

/** CloudEvents source of every replayed event. */
export const REPLAY_SOURCE = '/vigil/replay';

/** Number of events of a stay: its admission, its observations and its end. */
export function eventCount({ observations }: RecordedStay): number {
  return observations.length + 2;
}

/** When an event of a stay happens on the log. Never decreases with the position: what was known before admission comes with it. */
export function eventTimeMs(recorded: RecordedStay, position: number): number {
  const { admittedAtMs } = recorded.stay;
  if (position === 0) return admittedAtMs;
  return Math.max(admittedAtMs, recorded.observations[position - 1]?.availableAtMs ?? endMs(recorded));
}

/** An event of a stay; the same stay and position give the same bytes and the same id, so an event sent twice is one event. */
export function eventAt(recorded: RecordedStay, position: number): BinaryEvent {
  const { stay, observations, outcome } = recorded;
  const { stayId } = stay;
  const timeMs = eventTimeMs(recorded, position);
  const attributes = { source: REPLAY_SOURCE, key: stayId, timeMs, id: `${stayId}/${stay.admittedAtMs}/${position}` };
  if (position === 0) {
    return encodeEvent({ ...attributes, type: STAY_ADMITTED }, stay satisfies StayAdmitted);
  }
  const observation = observations[position - 1];
  if (observation === undefined) {
    const ended: StayEnded = { stayId, endedAtMs: timeMs, ...(outcome === undefined ? {} : { outcome }) };
    return encodeEvent({ ...attributes, type: STAY_ENDED }, ended);
  }
  const data: ObservationEvent = { stayId, ...observation, unit: signalDefinition(observation.signal).unit };
  return encodeEvent({ ...attributes, type: OBSERVATION }, data);
}

/** When a stay ends; where the recording does not say, with its last observation. */
export function endMs({ stay, observations, endedAtMs }: RecordedStay): number {
  return endedAtMs ?? observations.at(-1)?.availableAtMs ?? stay.admittedAtMs;
}
