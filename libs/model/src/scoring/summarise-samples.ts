import type { SignalNormaliser } from '../normalisation/signal-normaliser.js';
import { centralInterval } from './sample-quantiles.js';
import type { ImputedWindow, WindowToScore } from './window-score.js';

/** Median of the samples at every entry, normalised: [signal, hour]. */
export function medianWindow(samples: readonly Float32Array[]): Float32Array {
  return samples[0]!.map((_, entry) => centralInterval(samples.map((sample) => sample[entry]!)).median);
}

/** Median and 5-95 % interval of every entry in stored units; a measured entry holds what was measured. */
export function imputedWindow(
  window: WindowToScore,
  samples: readonly Float32Array[],
  hours: number,
  normaliser: SignalNormaliser,
): ImputedWindow {
  const median = Float32Array.from(window.values);
  const low = Float32Array.from(window.values);
  const high = Float32Array.from(window.values);
  for (let entry = 0; entry < median.length; entry++) {
    if (window.mask[entry] === 1) continue;
    const interval = centralInterval(samples.map((sample) => sample[entry]!));
    const signal = Math.floor(entry / hours);
    median[entry] = normaliser.toStoredUnit(signal, interval.median);
    low[entry] = normaliser.toStoredUnit(signal, interval.low);
    high[entry] = normaliser.toStoredUnit(signal, interval.high);
  }
  return { median, low, high };
}
