import { quantileOfDraws } from '#evaluation';
import type { SignalNormaliser } from '../normalisation/signal-normaliser.js';
import type { ImputedSamples } from './impute-windows.js';
import type { ImputedWindow, WindowToScore } from './window-score.js';

/** The median that the imputer expects at every entry and the 5-95 % interval of its samples, normalised: [signal, hour] each. */
export interface SampleIntervals {
  readonly median: Float32Array;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/**
 * Sums up the samples of a window; a measured entry, which is the same in all of them, holds its value three times.
 *
 * The interval is widened to the median where that lies outside of it.
 *
 * @param mask [signal, hour]; 1 measured
 */
export function sampleIntervals({ center, samples }: ImputedSamples, mask: Float32Array): SampleIntervals {
  const low = Float32Array.from(center);
  const high = Float32Array.from(center);
  const draws = new Float64Array(samples.length);
  for (let entry = 0; entry < center.length; entry++) {
    if (mask[entry] === 1) continue;
    samples.forEach((sample, draw) => insertSorted(draws, draw, sample[entry]!));
    low[entry] = Math.min(center[entry]!, quantileOfDraws(draws, 0.05));
    high[entry] = Math.max(center[entry]!, quantileOfDraws(draws, 0.95));
  }
  return { median: center, low, high };
}

/** The same in stored units; a measured entry holds what was measured. */
export function imputedWindow(
  window: WindowToScore,
  intervals: SampleIntervals,
  hours: number,
  normaliser: SignalNormaliser,
): ImputedWindow {
  const inStoredUnits = (normalised: Float32Array): Float32Array =>
    normalised.map((value, entry) =>
      window.mask[entry] === 1 ? window.values[entry]! : normaliser.toStoredUnit(Math.floor(entry / hours), value),
    );
  return {
    median: inStoredUnits(intervals.median),
    low: inStoredUnits(intervals.low),
    high: inStoredUnits(intervals.high),
  };
}

/** Puts a number among the `count` sorted ones at the front: for a few dozen draws faster than sorting, and nothing is allocated. */
function insertSorted(sorted: Float64Array, count: number, value: number): void {
  let at = count;
  for (; at > 0 && sorted[at - 1]! > value; at--) sorted[at] = sorted[at - 1]!;
  sorted[at] = value;
}
