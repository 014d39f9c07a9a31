import type { WindowGrid } from '../methods/window-grid.js';

/**
 * Mean of each signal at each hour over the measured entries of windows: that of the signal where the hour was never measured, and 0 where
 * the signal never was (on the normalised scale, the mean of the data that the scale was fitted on).
 *
 * @returns [signal, hour] normalised
 */
export function hourlyMeans({ count, signalIds, hours, values, mask }: WindowGrid): Float32Array {
  const size = signalIds.length * hours;
  const sums = new Float64Array(size);
  const counts = new Float64Array(size);
  for (let window = 0; window < count; window++) {
    for (let entry = 0; entry < size; entry++) {
      if (mask[window * size + entry] !== 1) continue;
      sums[entry]! += values[window * size + entry]!;
      counts[entry]!++;
    }
  }
  const means = new Float32Array(size);
  signalIds.forEach((_, signal) => {
    const first = signal * hours;
    const total = (all: Float64Array) => all.subarray(first, first + hours).reduce((sum, one) => sum + one, 0);
    const signalMean = total(sums) / Math.max(1, total(counts));
    for (let entry = first; entry < first + hours; entry++) {
      means[entry] = counts[entry]! > 0 ? sums[entry]! / counts[entry]! : signalMean;
    }
  });
  return means;
}
