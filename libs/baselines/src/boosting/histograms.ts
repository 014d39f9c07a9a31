import type { BinnedMatrix } from './binned-matrix.js';

/** Where each column's sums begin in a histogram: bins of a column lie together, two numbers (gradient, hessian) a bin. */
export function columnOffsets({ cuts }: Pick<BinnedMatrix, 'cuts'>): { offsets: Int32Array; length: number } {
  const offsets = new Int32Array(cuts.length);
  let length = 0;
  cuts.forEach((columnCuts, column) => {
    offsets[column] = length;
    length += 2 * (columnCuts.length + 2);
  });
  return { offsets, length };
}

/** Rows of a leaf with their first and second derivatives, all in the same order. */
export interface LeafRows {
  readonly rows: Int32Array;
  readonly gradients: Float32Array;
  readonly hessians: Float32Array;
}

/** From this many rows on, four partial histograms pay. */
const LARGE_LEAF = 2048;
/** Working memory of one column: four times 256 bins of two sums. */
const PARTIAL_SUMS = new Float64Array(4 * 512);

/** Adds up gradients and hessians by bin of the given columns. Other columns of the histogram become 0. */
export function fillHistogram(
  { bins, cuts, rows: rowCount }: BinnedMatrix,
  offsets: Int32Array,
  columns: Int32Array,
  leaf: LeafRows,
  histogram: Float64Array,
): void {
  histogram.fill(0);
  for (let slot = 0; slot < columns.length; slot++) {
    const column = columns[slot]!;
    const from = column * rowCount;
    const offset = offsets[column]!;
    if (leaf.rows.length < LARGE_LEAF) addColumn(bins, from, leaf, histogram, offset);
    else addColumnInFours(bins, from, leaf, histogram, offset, 2 * (cuts[column]!.length + 2));
  }
}

function addColumn(
  bins: Uint8Array,
  from: number,
  { rows, gradients, hessians }: LeafRows,
  histogram: Float64Array,
  offset: number,
): void {
  for (let at = 0; at < rows.length; at++) {
    const sum = offset + (bins[from + rows[at]!]! << 1);
    histogram[sum]! += gradients[at]!;
    histogram[sum + 1]! += hessians[at]!;
  }
}

/**
 * The same through four partial histograms: neighbouring rows are often in the same bin (most of all that of missing values), and an
 * addition would wait for the one before it to be stored. A third less time for large leaves.
 */
function addColumnInFours(
  bins: Uint8Array,
  from: number,
  { rows, gradients, hessians }: LeafRows,
  histogram: Float64Array,
  offset: number,
  length: number,
): void {
  const sums = PARTIAL_SUMS.fill(0);
  const fours = rows.length - (rows.length % 4);
  for (let at = 0; at < fours; at += 4) {
    const first = bins[from + rows[at]!]! << 1;
    const second = 512 + (bins[from + rows[at + 1]!]! << 1);
    const third = 1024 + (bins[from + rows[at + 2]!]! << 1);
    const fourth = 1536 + (bins[from + rows[at + 3]!]! << 1);
    sums[first]! += gradients[at]!;
    sums[first + 1]! += hessians[at]!;
    sums[second]! += gradients[at + 1]!;
    sums[second + 1]! += hessians[at + 1]!;
    sums[third]! += gradients[at + 2]!;
    sums[third + 1]! += hessians[at + 2]!;
    sums[fourth]! += gradients[at + 3]!;
    sums[fourth + 1]! += hessians[at + 3]!;
  }
  for (let at = fours; at < rows.length; at++) {
    const sum = bins[from + rows[at]!]! << 1;
    sums[sum]! += gradients[at]!;
    sums[sum + 1]! += hessians[at]!;
  }
  for (let at = 0; at < length; at++) {
    histogram[offset + at] = sums[at]! + sums[at + 512]! + sums[at + 1024]! + sums[at + 1536]!;
  }
}

/** What is left of a parent's histogram when one child's is taken away: the other child's (Ke et al. 2017, section 2). */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let at = 0; at < parent.length; at++) parent[at]! -= child[at]!;
}
