import { seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gridOf } from '../../../../test/support/grid-of-windows.js';
import { KmeansPredictor } from './kmeans-predictor.js';
import { KnnPredictor } from './knn-predictor.js';
import { NearestRows } from './nearest-rows.js';

const OPTIONS = { seed: 1, epochs: 1, patience: 1 };

/** One heart rate and one number of the stay each. */
function points(list: readonly (readonly [value: number, stay: number, died: boolean])[]) {
  return gridOf(
    ['heart-rate'],
    list.map(([value, stay, died]) => ({ hours: [[value]], static: [stay], died })),
  );
}

const TRAINING = points([
  [0, 0, false],
  [1, 0, false],
  [0, 1, true],
  [10, 10, true],
  [11, 10, true],
  [10, 11, false],
  [12, 12, true],
]);

describe('KnnPredictor', () => {
  it('gives the share of deaths among the nearest windows, stay included, one of each added', async () => {
    const predictor = new KnnPredictor([3]);
    await predictor.fit(TRAINING, TRAINING, OPTIONS);
    const asked = points([
      [0.2, 0.2, false],
      [10.2, 10, false],
      [12, 11.9, false],
    ]);
    const risks = await predictor.predict(asked);
    expect([...risks]).toEqual([2 / 5, 3 / 5, 3 / 5].map(Math.fround));
  });

  it('chooses the number of neighbours on validation windows', async () => {
    // outcomes alternate along the line, so more than one neighbour tells nothing
    const line = Array.from({ length: 40 }, (_, at) => [at, 0, at % 2 === 0] as const);
    const predictor = new KnnPredictor([40, 1]);
    await predictor.fit(points(line), points(line), OPTIONS);
    expect(predictor.neighbours).toBe(1);
    expect([...(await predictor.predict(points(line.slice(0, 4))))]).toEqual(
      [2 / 3, 1 / 3, 2 / 3, 1 / 3].map(Math.fround),
    );
  });

  it('says when it was not fitted', async () => {
    await expect(new KnnPredictor().predict(TRAINING)).rejects.toThrow(/knn has not been fitted/);
  });
});

describe('KmeansPredictor', () => {
  it('gives the mortality of the nearest cluster, one death and one survivor added', async () => {
    const predictor = new KmeansPredictor([2]);
    await predictor.fit(TRAINING, TRAINING, OPTIONS);
    const risks = await predictor.predict(
      points([
        [1, 1, false],
        [9, 9, true],
      ]),
    );
    expect([...risks]).toEqual([2 / 5, 4 / 6].map(Math.fround));
  });

  it('chooses the number of clusters on validation windows', async () => {
    const random = seededRandom(5);
    const three = Array.from({ length: 60 }, (_, at) => [20 * (at % 3) + random(), random(), at % 3 === 1] as const);
    const predictor = new KmeansPredictor([2, 3]);
    await predictor.fit(points(three), points(three), OPTIONS);
    expect(predictor.clusters).toBe(3);
    const risks = await predictor.predict(
      points([
        [20, 0, false],
        [40, 0, false],
      ]),
    );
    expect([...risks]).toEqual([21 / 22, 1 / 22].map(Math.fround));
  });

  it('refuses fewer windows than clusters', async () => {
    await expect(new KmeansPredictor([20]).fit(TRAINING, TRAINING, OPTIONS)).rejects.toThrow(
      /7 training windows are too few/,
    );
  });
});

describe('NearestRows', () => {
  it('finds what sorting all distances finds', () => {
    const number = fc.integer({ min: -3, max: 3 });
    const problem = fc.integer({ min: 1, max: 150 }).chain((columns) => {
      const row = fc.array(number, { minLength: columns, maxLength: columns });
      return fc.record({
        rows: fc.array(row, { minLength: 1, maxLength: 12 }),
        query: row,
        k: fc.integer({ min: 1, max: 14 }),
      });
    });
    fc.assert(
      fc.property(problem, ({ rows, query, k }) => {
        const matrix = { rows: rows.length, columns: query.length, values: Float32Array.from(rows.flat()) };
        const distance = (row: number[]) => row.reduce((sum, value, at) => sum + (value - query[at]!) ** 2, 0);
        const sorted = rows.map((row, at) => [distance(row), at] as const).sort(([a, i], [b, j]) => a - b || i - j);
        expect(new NearestRows(matrix).find(Float32Array.from(query), k)).toEqual(
          sorted.slice(0, k).map(([, at]) => at),
        );
      }),
    );
  });
});
