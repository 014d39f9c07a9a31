import { WINDOW_STATISTICS, windowStatistics } from '#windows';
import type { FeatureMatrix } from '../boosting/feature-matrix.js';
import type { WindowGrid } from '../methods/window-grid.js';

/**
 * Each window as its statistics, signal by signal and measured hours only, followed by the numbers of its stay.
 *
 * @param scale trees do not care and are easier to read in stored units; a linear model needs the normalised scale
 * @returns [window, signals x statistics + static]; NaN where a statistic is undefined
 */
export function statisticFeatures(grid: WindowGrid, scale: 'stored' | 'normalised' = 'stored'): FeatureMatrix {
  const { count, signalIds, hours, staticSize } = grid;
  const size = signalIds.length * hours;
  const statistics = signalIds.length * WINDOW_STATISTICS.length;
  const columns = statistics + staticSize;
  const from = scale === 'stored' ? grid.stored : grid.values;
  const values = new Float32Array(count * columns);
  for (let window = 0; window < count; window++) {
    const entries = [window * size, (window + 1) * size] as const;
    const row = values.subarray(window * columns, (window + 1) * columns);
    windowStatistics(from.subarray(...entries), grid.mask.subarray(...entries), hours, row.subarray(0, statistics));
    row.set(grid.static.subarray(window * staticSize, (window + 1) * staticSize), statistics);
  }
  return { rows: count, columns, values };
}
