import { HOUR_MS, type SignalId } from '#clinical';
import type { RecordedStay } from '#datasets';
import { StayWindow, windowBins, type WindowBins } from '#windows';

/**
 * The windows of a stay as they stood at given hours: only what was available by then, through the very windows that are served.
 *
 * @param endHours ascending hours since admission
 * @returns one for each end
 */
export function windowsOfStay(
  { stay, observations }: RecordedStay,
  signals: readonly SignalId[],
  endHours: readonly number[],
): WindowBins[] {
  const window = new StayWindow(stay.admittedAtMs);
  let next = 0;
  return endHours.map((hours) => {
    const endMs = stay.admittedAtMs + hours * HOUR_MS;
    while (next < observations.length && observations[next]!.availableAtMs <= endMs)
      window.merge(observations[next++]!);
    return windowBins(window, signals);
  });
}
