import { fitCuts } from './column-cuts.js';
import { checkMatrix, type FeatureMatrix } from './feature-matrix.js';

/** The bin of missing values; bin 1 holds what does not exceed the first cut. */
export const MISSING_BIN = 0;

/** A matrix as bin numbers, column by column. */
export interface BinnedMatrix {
  readonly rows: number;
  readonly columns: number;
  /** [column, row] */
  readonly bins: Uint8Array;
  /** Of each column, see {@link fitCuts}. */
  readonly cuts: readonly Float32Array[];
}

/**
 * Bins a matrix.
 * @param cuts of training rows; fitted on this matrix where absent
 * @throws RangeError when the matrix or the cuts do not fit its columns
 */
export function binMatrix(matrix: FeatureMatrix, cuts: readonly Float32Array[] = fitCuts(matrix)): BinnedMatrix {
  checkMatrix(matrix);
  const { rows, columns, values } = matrix;
  if (cuts.length !== columns) {
    throw new RangeError(`the matrix has ${columns} columns, but the model was fitted on ${cuts.length}`);
  }
  const bins = new Uint8Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    const columnCuts = cuts[column]!;
    for (let row = 0; row < rows; row++) {
      bins[column * rows + row] = binOf(values[row * columns + column]!, columnCuts);
    }
  }
  return { rows, columns, bins, cuts };
}

function binOf(value: number, cuts: Float32Array): number {
  if (value !== value) return MISSING_BIN;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= cuts[middle]!) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}
