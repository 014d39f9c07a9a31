import type { BinnedMatrix } from './binned-matrix.js';
import type { GrowthSettings } from './boosting-options.js';

/** A leaf cut in two. */
export interface Split {
  readonly gain: number;
  readonly column: number;
  /** The last bin that goes left. */
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly leftGradient: number;
  readonly leftHessian: number;
}

/** Sums of hessians below this are rounding left over from a subtraction of histograms: no row is there. */
const NO_ROWS = 1e-9;

/**
 * The best split of a leaf: greatest fall of the loss to second order (Chen and Guestrin 2016, equation 7), where missing values are
 * tried on either side (their algorithm 3). A leaf without missing values sends them where it sends more of the others.
 *
 * @param histogram sums of gradient and hessian by column and bin, see {@link ColumnOffsets}
 * @returns undefined where no split gains anything
 */
export function findSplit(
  { cuts }: Pick<BinnedMatrix, 'cuts'>,
  histogram: Float64Array,
  offsets: Int32Array,
  columns: Int32Array,
  leaf: { readonly gradient: number; readonly hessian: number },
  { l2, minChildWeight }: Pick<GrowthSettings, 'l2' | 'minChildWeight'>,
): Split | undefined {
  const { gradient, hessian } = leaf;
  const unsplit = (gradient * gradient) / (hessian + l2);
  const best = { gain: 1e-10, column: -1, bin: 0, missingLeft: false, leftGradient: 0, leftHessian: 0 };
  for (let slot = 0; slot < columns.length; slot++) {
    const column = columns[slot]!;
    const first = offsets[column]!;
    const missingGradient = histogram[first]!;
    const missingHessian = histogram[first + 1]!;
    const someMissing = missingHessian > NO_ROWS;
    // the last bin is a split only where it parts known from missing values
    const lastBin = cuts[column]!.length + (someMissing ? 1 : 0);
    let leftGradient = 0;
    let leftHessian = 0;
    for (let bin = 1; bin <= lastBin; bin++) {
      const here = histogram[first + 2 * bin + 1]!;
      if (here <= NO_ROWS) continue;
      leftGradient += histogram[first + 2 * bin]!;
      leftHessian += here;
      const rightHessian = hessian - leftHessian;
      if (leftHessian >= minChildWeight && rightHessian >= minChildWeight) {
        const rightGradient = gradient - leftGradient;
        const gain =
          (leftGradient * leftGradient) / (leftHessian + l2) +
          (rightGradient * rightGradient) / (rightHessian + l2) -
          unsplit;
        if (gain > best.gain) {
          keep(best, gain, column, bin, !someMissing && leftHessian > rightHessian, leftGradient, leftHessian);
        }
      }
      if (!someMissing) continue;
      const withGradient = leftGradient + missingGradient;
      const withHessian = leftHessian + missingHessian;
      const restHessian = hessian - withHessian;
      if (withHessian < minChildWeight || restHessian < minChildWeight) continue;
      const restGradient = gradient - withGradient;
      const gain =
        (withGradient * withGradient) / (withHessian + l2) +
        (restGradient * restGradient) / (restHessian + l2) -
        unsplit;
      if (gain > best.gain) keep(best, gain, column, bin, true, withGradient, withHessian);
    }
  }
  return best.column < 0 ? undefined : { ...best };
}

function keep(
  best: { -readonly [key in keyof Split]: Split[key] },
  gain: number,
  column: number,
  bin: number,
  missingLeft: boolean,
  leftGradient: number,
  leftHessian: number,
): void {
  best.gain = gain;
  best.column = column;
  best.bin = bin;
  best.missingLeft = missingLeft;
  best.leftGradient = leftGradient;
  best.leftHessian = leftHessian;
}
