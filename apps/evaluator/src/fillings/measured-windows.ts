import { encodeMeasured, type FilledWindow } from '#model';
import type { WindowGrid } from '#baselines';

/** The windows of a grid as the scorer encodes them, gaps at 0. */
export function measuredWindowsOf(grid: WindowGrid): FilledWindow[] {
  const { values, mask, static: known, stays, count, hours, staticSize } = grid;
  const size = values.length / count;
  return Array.from({ length: count }, (_, row) => ({
    ...encodeMeasured(values.slice(row * size, (row + 1) * size), mask.slice(row * size, (row + 1) * size), hours),
    static: known.slice(row * staticSize, (row + 1) * staticSize),
    hoursSinceAdmission: stays[row]!.hoursSinceAdmission,
  }));
}
