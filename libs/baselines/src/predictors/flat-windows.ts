import type { FeatureMatrix } from '../boosting/feature-matrix.js';
import type { WindowGrid } from '../methods/window-grid.js';

/**
 * Each window as one row: its values as they stand (measured, or what an imputer put there), then the numbers of its stay.
 * @param chosen windows to lay out; all where absent
 * @returns [window, signals x hours + static]
 */
export function flatWindows(grid: WindowGrid, chosen?: Int32Array): FeatureMatrix {
  const { signalIds, hours, staticSize } = grid;
  const size = signalIds.length * hours;
  const columns = size + staticSize;
  const rows = chosen?.length ?? grid.count;
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const window = chosen ? chosen[row]! : row;
    values.set(grid.values.subarray(window * size, (window + 1) * size), row * columns);
    values.set(grid.static.subarray(window * staticSize, (window + 1) * staticSize), row * columns + size);
  }
  return { rows, columns, values };
}
