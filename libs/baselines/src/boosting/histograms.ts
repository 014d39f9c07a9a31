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

/** Adds up gradients and hessians by bin of the given columns. Other columns of the histogram become 0. */
export function fillHistogram(
  { bins, rows: rowCount }: BinnedMatrix,
  offsets: Int32Array,
  columns: Int32Array,
  { rows, gradients, hessians }: LeafRows,
  histogram: Float64Array,
): void {
  histogram.fill(0);
  for (let slot = 0; slot < columns.length; slot++) {
    const column = columns[slot]!;
    addColumn(bins, column * rowCount, rows, gradients, hessians, histogram, offsets[column]!);
  }
}

function addColumn(
  bins: Uint8Array,
  from: number,
  rows: Int32Array,
  gradients: Float32Array,
  hessians: Float32Array,
  histogram: Float64Array,
  offset: number,
): void {
  const count = rows.length;
  for (let at = 0; at < count; at++) {
    const sum = offset + (bins[from + rows[at]!]! << 1);
    histogram[sum]! += gradients[at]!;
    histogram[sum + 1]! += hessians[at]!;
  }
}

/** What is left of a parent's histogram when one child's is taken away: the other child's (Ke et al. 2017, section 2). */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let at = 0; at < parent.length; at++) parent[at]! -= child[at]!;
}
