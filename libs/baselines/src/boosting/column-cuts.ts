import type { FeatureMatrix } from './feature-matrix.js';

/** Most bins of values in a column; with the bin of missing values a bin number fits into a byte. */
export const MAX_VALUE_BINS = 255;

/** Rows that cuts are read from at most, evenly spread: quantiles of so many are as good as of all. */
const CUT_ROWS = 100_000;

/**
 * Cuts every column at its quantiles.
 *
 * A column with no more different values than bins gets a bin for each, cut half way; otherwise bins hold about the same number of rows,
 * and a frequent value keeps a bin to itself.
 *
 * @returns for each column its cuts, ascending and exact as 32-bit floats; a value belongs below the first cut that it does not exceed
 */
export function fitCuts({ rows, columns, values }: FeatureMatrix, maxBins: number = MAX_VALUE_BINS): Float32Array[] {
  const stride = Math.max(1, Math.ceil(rows / CUT_ROWS));
  const held = new Float32Array(Math.ceil(rows / stride));
  return Array.from({ length: columns }, (_, column) => {
    let count = 0;
    for (let row = 0; row < rows; row += stride) {
      const value = values[row * columns + column]!;
      if (value === value) held[count++] = value;
    }
    return cutsOfSorted(held.slice(0, count).sort(), maxBins);
  });
}

function cutsOfSorted(sorted: Float32Array, maxBins: number): Float32Array {
  const everyValue = countDifferent(sorted) <= maxBins;
  const cuts: number[] = [];
  let rowsLeft = sorted.length;
  let inBin = 0;
  for (let at = 0; at < sorted.length - 1; at++) {
    inBin++;
    const value = sorted[at]!;
    const next = sorted[at + 1]!;
    if (value === next) continue;
    if (!everyValue && inBin < rowsLeft / (maxBins - cuts.length)) continue;
    cuts.push(between(value, next));
    rowsLeft -= inBin;
    inBin = 0;
  }
  return Float32Array.from(cuts);
}

function countDifferent(sorted: Float32Array): number {
  let different = sorted.length > 0 ? 1 : 0;
  for (let at = 1; at < sorted.length; at++) if (sorted[at] !== sorted[at - 1]) different++;
  return different;
}

/** A 32-bit float at or above `low` and below `high`, half way where there is one. */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
}
