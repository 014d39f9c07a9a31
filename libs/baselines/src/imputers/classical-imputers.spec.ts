import { describe, expect, it } from '@jest/globals';
import { gridOf } from '../../../../test/support/grid-of-windows.js';
import { createImputer } from '../methods/classical-methods.js';
import { KnnImputer } from './knn-imputer.js';

const OPTIONS = { seed: 1, epochs: 1, patience: 1 };

/** Heart rate means by hour: 3, 5, 4 (of the signal), 7; lactate: 1 throughout. */
const TRAINING = gridOf(
  ['heart-rate', 'lactate'],
  [
    {
      hours: [
        [2, 5, null, null],
        [null, 1, null, null],
      ],
    },
    {
      hours: [
        [4, 5, null, 7],
        [null, null, null, null],
      ],
    },
  ],
);
const HEART_RATE_MEAN = Math.fround((2 + 5 + 4 + 5 + 7) / 5);

const WINDOW = gridOf(
  ['heart-rate', 'lactate'],
  [
    {
      hours: [
        [null, 9, null, 6],
        [null, null, null, null],
      ],
    },
    {
      hours: [
        [null, 8, null, null],
        [null, 0, null, 3],
      ],
    },
  ],
);

async function imputed(id: Parameters<typeof createImputer>[0]): Promise<number[]> {
  const imputer = createImputer(id);
  await imputer.fit(TRAINING, TRAINING, OPTIONS);
  return [...(await imputer.impute(WINDOW)).values];
}

describe('imputers without a network', () => {
  it('zero: the mean of the normalised scale', async () => {
    expect(await imputed('zero')).toEqual([0, 9, 0, 6, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 3]);
  });

  it('mean: of the signal at that hour, else of the signal', async () => {
    const m = HEART_RATE_MEAN;
    expect(await imputed('mean')).toEqual([3, 9, m, 6, 1, 1, 1, 1, 3, 8, m, 7, 1, 0, 1, 3]);
  });

  it('locf: the last value, before it the training mean', async () => {
    expect(await imputed('locf')).toEqual([3, 9, 9, 6, 1, 1, 1, 1, 3, 8, 8, 8, 1, 0, 0, 3]);
  });

  it('linear: a line between values, and the ends carried', async () => {
    expect(await imputed('linear')).toEqual([9, 9, 7.5, 6, 1, 1, 1, 1, 8, 8, 8, 8, 0, 0, 1.5, 3]);
  });

  it('ignores what another imputer left in the gaps', async () => {
    const filled = { ...WINDOW, values: WINDOW.values.map((value, at) => (WINDOW.mask[at] === 1 ? value : 77)) };
    for (const id of ['zero', 'mean', 'locf', 'linear', 'knn'] as const) {
      const imputer = createImputer(id);
      await imputer.fit(TRAINING, TRAINING, OPTIONS);
      expect(await imputer.impute(filled)).toEqual(await imputer.impute(WINDOW));
    }
  });

  it('refuses windows before it is fitted, or of another shape', async () => {
    await expect(createImputer('locf').impute(WINDOW)).rejects.toThrow(/locf has not been fitted/);
    const knn = createImputer('knn');
    await knn.fit(TRAINING, TRAINING, OPTIONS);
    await expect(knn.impute(gridOf(['spo2'], [{ hours: [[1]] }]))).rejects.toThrow(
      /knn was fitted on heart-rate, lactate x 4/,
    );
  });
});

describe('KnnImputer', () => {
  /** The worked example of scikit-learn's KNNImputer, one hour a feature: k = 2. */
  const EXAMPLE = gridOf(
    ['heart-rate'],
    [{ hours: [[1, 2, null]] }, { hours: [[3, 4, 3]] }, { hours: [[null, 6, 5]] }, { hours: [[8, 8, 7]] }],
  );

  it('gives the worked example of scikit-learn', async () => {
    const imputer = new KnnImputer([2]);
    await imputer.fit(EXAMPLE, EXAMPLE, OPTIONS);
    expect([...(await imputer.impute(EXAMPLE)).values]).toEqual([1, 2, 4, 3, 4, 3, 5.5, 6, 5, 8, 8, 7]);
  });

  it('takes the mean of the hour where no neighbour has the entry or nothing is in common', async () => {
    const imputer = new KnnImputer([2]);
    await imputer.fit(TRAINING, TRAINING, OPTIONS);
    const { values } = await imputer.impute(WINDOW);
    expect([values[2], values[6]]).toEqual([HEART_RATE_MEAN, 1]);
    const nothing = await imputer.impute(
      gridOf(['heart-rate', 'lactate'], [{ hours: [new Array(4).fill(null), new Array(4).fill(null)] }]),
    );
    expect([...nothing.values]).toEqual([3, 5, HEART_RATE_MEAN, 7, 1, 1, 1, 1]);
  });

  it('chooses the number of neighbours by its error on hidden entries', async () => {
    // two kinds of windows, ten each: one neighbour is enough, twenty mix both kinds
    const kinds = gridOf(
      ['heart-rate'],
      Array.from({ length: 20 }, (_, at) => ({ hours: [new Array<number>(12).fill(at % 2 === 0 ? -1 : 1)] })),
    );
    const imputer = new KnnImputer([20, 1]);
    await imputer.fit(kinds, kinds, OPTIONS);
    expect(imputer.neighbours).toBe(1);
  });
});
