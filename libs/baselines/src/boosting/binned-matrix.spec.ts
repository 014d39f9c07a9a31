import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binMatrix } from './binned-matrix.js';
import { fitCuts } from './column-cuts.js';

function column(values: readonly number[]) {
  return { rows: values.length, columns: 1, values: Float32Array.from(values) };
}

describe('bins of a matrix', () => {
  it('gives every value a bin where there are few, and missing values bin 0', () => {
    const binned = binMatrix(column([5, NaN, 1, 5, 2]));
    expect(binned.cuts.map((cuts) => [...cuts])).toEqual([[1.5, 3.5]]);
    expect([...binned.bins]).toEqual([3, 0, 1, 3, 2]);
  });

  it('fills bins evenly where there are many, and leaves a frequent value its own', () => {
    expect([...fitCuts(column([8, 1, 2, 3, 4, 5, 6, 7]), 4)[0]!]).toEqual([2.5, 4.5, 6.5]);
    expect([...fitCuts(column([1, 1, 1, 1, 1, 2, 3, 4]), 3)[0]!]).toEqual([1.5, 3.5]);
  });

  it('lies column by column', () => {
    const { bins } = binMatrix({ rows: 2, columns: 3, values: Float32Array.of(1, 8, NaN, 2, 7, 5) });
    expect([...bins]).toEqual([1, 2, 2, 1, 0, 1]);
  });

  it('parts values exactly at the cuts, in order and into no more bins than asked', () => {
    const values = fc.array(fc.oneof(fc.float({ noNaN: true }), fc.constant(NaN)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 20 }), (numbers, maxBins) => {
        const [cuts] = fitCuts(column(numbers), maxBins);
        expect(cuts!.length).toBeLessThan(maxBins);
        const { bins } = binMatrix(column(numbers), [cuts!]);
        bins.forEach((bin, row) => {
          const value = Math.fround(numbers[row]!);
          const expected = Number.isNaN(value) ? 0 : 1 + cuts!.filter((cut) => cut < value).length;
          expect(bin).toBe(expected);
        });
      }),
    );
  });

  it('refuses a matrix of another width', () => {
    expect(() => binMatrix(column([1]), [])).toThrow(/1 columns, but the model was fitted on 0/);
  });
});
