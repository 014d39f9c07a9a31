import type { Observation } from '#clinical';
import { byAvailability } from '#datasets';
import { decodeWindow, SnapshotError, windowObservations } from '#windows';
import type { CompletedStay } from '#wire';

/**
 * The observations of a completed stay by availability: what its windows held, and nothing that became available after its end.
 *
 * Those before admission are kept, for the windows that are scored hold them too. Throws a {@link SnapshotError} when a day's bytes cannot be read.
 */
export function observationsOfStay({ days, admittedAtMs, endedAtMs }: CompletedStay): Observation[] {
  return days
    .flatMap(({ windowBase64 }) => {
      const window = decodeWindow(Buffer.from(windowBase64, 'base64'));
      if (window.admittedAtMs !== admittedAtMs) {
        throw new SnapshotError('a day of the stay counts from another admission time than the stay itself');
      }
      return windowObservations(window);
    })
    .filter(({ availableAtMs }) => availableAtMs <= endedAtMs)
    .sort(byAvailability);
}
