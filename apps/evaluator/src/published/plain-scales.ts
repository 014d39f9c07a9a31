import { fitStaticScales } from '#model';
import type { FittedScales, WindowStore } from '#training';

/**
 * Mean and standard deviation of each series over what was measured in the windows, nothing else: no logarithm, as BRITS and CSDI standardise.
 *
 * @param limit standard deviations beyond which values are cut off; Infinity leaves impossible values in, as the published code does
 */
export function plainScales(store: WindowStore, indices: readonly number[], limit: number): FittedScales {
  const { signals, hours, labels, values } = store;
  const size = signals.length * hours;
  const scales = signals.map((signal, row): [string, { mean: number; sd: number }] => {
    let [count, sum, squares] = [0, 0, 0];
    for (const index of indices) {
      const first = index * size + row * hours;
      for (let entry = first; entry < first + hours; entry++) {
        const value = values[entry]!;
        if (Number.isNaN(value)) continue;
        count++;
        sum += value;
        squares += value * value;
      }
    }
    const mean = sum / Math.max(1, count);
    const variance = squares / Math.max(1, count) - mean * mean;
    return [signal, { mean, sd: variance > 0 ? Math.sqrt(variance) : 1 }];
  });
  return {
    signals: Object.fromEntries(scales),
    static: fitStaticScales(indices.map((index) => labels[index]!.static)),
    limit,
  };
}
