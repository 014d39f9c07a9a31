import { HOUR_MS, OBSERVATION_SOURCES, SIGNAL_IDS, type Observation } from '#clinical';
import { slotsOf } from './slot-layout.js';
import { DELAY_UNIT_MS, type StayWindow } from './stay-window.js';

/**
 * What a window holds, as observations: by signal in the catalogue's order, oldest first within a signal.
 *
 * Times are those that the slots remember: the effective time to the second (counted from admission), the available time to two seconds and at
 * most 36.4 hours later. Merging them into an empty window of the same admission time gives the same window; merging them into the window of a
 * stay that was admitted at another time puts each into the slot of its effective time there.
 */
export function windowObservations(window: StayWindow): Observation[] {
  const observations: Observation[] = [];
  for (const signal of SIGNAL_IDS) {
    const { slotMs } = slotsOf(signal);
    window.forEachSlot(signal, (hour, slotInHour, { offsetS, delay, source, value }) => {
      const effectiveAtMs = window.admittedAtMs + hour * HOUR_MS + slotInHour * slotMs + offsetS * 1000;
      observations.push({
        signal,
        value,
        effectiveAtMs,
        availableAtMs: effectiveAtMs + delay * DELAY_UNIT_MS,
        source: OBSERVATION_SOURCES[source]!,
      });
    });
  }
  return observations;
}
