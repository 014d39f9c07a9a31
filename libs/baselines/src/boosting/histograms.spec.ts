import { seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import { binMatrix } from './binned-matrix.js';
import { columnOffsets, fillHistogram, subtractHistogram } from './histograms.js';

const ROWS = 5003;
const random = seededRandom(1);
const matrix = binMatrix({
  rows: ROWS,
  columns: 3,
  values: Float32Array.from({ length: ROWS * 3 }, () => (random() < 0.4 ? NaN : Math.floor(random() * 40))),
});
const { offsets, length } = columnOffsets(matrix);

/** Whole numbers as derivatives, so that sums are exact in every order. */
function leafOf(rows: number[]) {
  return {
    rows: Int32Array.from(rows),
    gradients: Float32Array.from(rows, (row) => (row % 7) - 3),
    hessians: Float32Array.from(rows, (row) => 1 + (row % 3)),
  };
}

function summed(rows: number[], columns: number[]): Float64Array {
  const sums = new Float64Array(length);
  for (const column of columns) {
    for (const row of rows) {
      const at = offsets[column]! + 2 * matrix.bins[column * ROWS + row]!;
      sums[at]! += (row % 7) - 3;
      sums[at + 1]! += 1 + (row % 3);
    }
  }
  return sums;
}

describe('histograms of a leaf', () => {
  const all = Array.from({ length: ROWS }, (_, row) => row);

  it.each([
    ['a large leaf', all],
    ['a large leaf whose rows are a multiple of four', all.slice(3)],
    ['a small leaf', all.filter((row) => row % 11 === 0)],
  ])('adds up %s by column and bin', (_, rows) => {
    const histogram = new Float64Array(length).fill(9);
    fillHistogram(matrix, offsets, Int32Array.of(0, 2), leafOf(rows), histogram);
    expect(histogram).toEqual(summed(rows, [0, 2]));
  });

  it('leaves the other child when one is taken away', () => {
    const child = all.filter((row) => row % 5 === 0);
    const parent = summed(all, [0, 1, 2]);
    subtractHistogram(parent, summed(child, [0, 1, 2]));
    expect(parent).toEqual(
      summed(
        all.filter((row) => row % 5 !== 0),
        [0, 1, 2],
      ),
    );
  });
});
