import { quantileOfSorted } from '#evaluation';

const RANGES = 1.5;

/**
 * Replaces values further than 1.5 interquartile ranges from the quartiles of their signal by the nearest value within.
 *
 * The published recipe's step: it flattens the extreme values that predict death, and looks at all windows at once. For the `paper`
 * preset only.
 *
 * @param values [window, signal, hour]; NaN where missing
 * @returns      same shape
 */
export function repairOutliers(values: Float32Array, signals: number, hours: number): Float32Array {
  const bounds = Array.from({ length: signals }, (_, signal) => {
    const ofSignal = values.filter(
      (value, entry) => Math.floor(entry / hours) % signals === signal && !Number.isNaN(value),
    );
    if (ofSignal.length === 0) return [-Infinity, Infinity] as const;
    const sorted = ofSignal.sort();
    const [first, third] = [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.75)];
    const reach = RANGES * (third - first);
    return [first - reach, third + reach] as const;
  });
  return values.map((value, entry) => {
    const [low, high] = bounds[Math.floor(entry / hours) % signals]!;
    return Number.isNaN(value) ? value : Math.min(high, Math.max(low, value));
  });
}
