import { describe, expect, it } from '@jest/globals';
import { bootstrapTotals } from './bootstrap-totals.js';
import { bootstrapInterval } from './bootstrap.js';

describe('bootstrapTotals', () => {
  const patients = ['a', 'a', 'b', 'c', 'c', 'c', 'd'];
  const error = [1, 3, 2, 5, 0, 1, 4];
  const options = { seed: 3, resamples: 100 };

  it('gives the interval that resampled rows give', () => {
    const { mean } = bootstrapTotals(
      patients,
      { error, rows: patients.map(() => 1) },
      (sums) => ({ mean: sums.error / sums.rows }),
      options,
    );
    const byRow = bootstrapInterval(
      patients,
      (rows) => rows.reduce((sum, row) => sum + error[row]!, 0) / rows.length,
      options,
    );
    expect(mean.value).toBeCloseTo(16 / 7, 12);
    expect(mean.low).toBeCloseTo(byRow.low, 12);
    expect(mean.high).toBeCloseTo(byRow.high, 12);
  });

  it('refuses a column of another length', () => {
    expect(() => bootstrapTotals(patients, { error: [1] }, ({ error: sum }) => ({ sum }), options)).toThrow(
      'column error has 1 rows, expected 7',
    );
  });
});
