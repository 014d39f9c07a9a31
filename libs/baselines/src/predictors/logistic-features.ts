import { WINDOW_STATISTICS } from '#windows';
import type { FeatureMatrix } from '../boosting/feature-matrix.js';
import type { WindowGrid } from '../methods/window-grid.js';
import { statisticFeatures } from './statistic-features.js';

const COUNT = WINDOW_STATISTICS.indexOf('count');

/** Brings each column to mean 0 and deviation 1 of the training windows; what is missing becomes 0, the training mean. */
export interface ColumnScales {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/**
 * Window statistics of the normalised values, the numbers of the stay, and for each signal whether it was never measured.
 * @returns [window, signals x statistics + static + signals]; NaN where a statistic is undefined
 */
export function flaggedFeatures(grid: WindowGrid): FeatureMatrix {
  const statistics = statisticFeatures(grid, 'normalised');
  const signals = grid.signalIds.length;
  const columns = statistics.columns + signals;
  const values = new Float32Array(grid.count * columns);
  for (let window = 0; window < grid.count; window++) {
    const row = statistics.values.subarray(window * statistics.columns, (window + 1) * statistics.columns);
    values.set(row, window * columns);
    for (let signal = 0; signal < signals; signal++) {
      const never = row[signal * WINDOW_STATISTICS.length + COUNT] === 0;
      values[window * columns + statistics.columns + signal] = Number(never);
    }
  }
  return { rows: grid.count, columns, values };
}

/** Mean and deviation of what is there in each column; a column that never varies has the deviation 1. */
export function fitColumnScales({ rows, columns, values }: FeatureMatrix): ColumnScales {
  const mean = new Float64Array(columns);
  const sd = new Float64Array(columns).fill(1);
  for (let column = 0; column < columns; column++) {
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const value = values[row * columns + column]!;
      if (Number.isNaN(value)) continue;
      count++;
      sum += value;
      squares += value * value;
    }
    if (count === 0) continue;
    mean[column] = sum / count;
    const variance = squares / count - (sum / count) ** 2;
    if (variance > 1e-10) sd[column] = Math.sqrt(variance);
  }
  return { mean, sd };
}

/** The matrix with its columns scaled, nothing missing. */
export function scaleColumns({ rows, columns, values }: FeatureMatrix, { mean, sd }: ColumnScales): FeatureMatrix {
  const scaled = values.map((value, at) => {
    const column = at % columns;
    return Number.isNaN(value) ? 0 : (value - mean[column]!) / sd[column]!;
  });
  return { rows, columns, values: scaled };
}
