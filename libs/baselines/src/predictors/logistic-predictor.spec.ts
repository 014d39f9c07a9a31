import { probabilityOfLogOdds, seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import { gridOf } from '../../../../test/support/grid-of-windows.js';
import { fitLogistic, logisticLogits } from './fit-logistic.js';
import { fitColumnScales, flaggedFeatures, scaleColumns } from './logistic-features.js';
import { LogisticPredictor } from './logistic-predictor.js';
import { minimise } from './minimise.js';

const OPTIONS = { seed: 1, epochs: 1, patience: 1 };

describe('minimise', () => {
  it('finds the minimum of Rosenbrock’s valley', () => {
    const found = minimise(
      (at, gradient) => {
        const [x, y] = [at[0]!, at[1]!];
        gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
        gradient[1] = 200 * (y - x * x);
        return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
      },
      Float64Array.of(-1.2, 1),
      { tolerance: 1e-8 },
    );
    expect(found[0]).toBeCloseTo(1, 6);
    expect(found[1]).toBeCloseTo(1, 6);
  });

  it('stops where it began when that is the minimum', () => {
    const start = Float64Array.of(2);
    const square = (at: Float64Array, gradient: Float64Array) => {
      gradient[0] = 2 * (at[0]! - 2);
      return (at[0]! - 2) ** 2;
    };
    expect([...minimise(square, start)]).toEqual([2]);
  });
});

describe('fitLogistic', () => {
  it('finds the log odds of a table of two by two', () => {
    // exposed: 3 of 4 died; not exposed: 1 of 6
    const exposed = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0];
    const died = [1, 1, 1, 0, 1, 0, 0, 0, 0, 0];
    const { slopes, intercept } = fitLogistic({ rows: 10, columns: 1, values: Float32Array.from(exposed) }, died, 0);
    expect(intercept).toBeCloseTo(Math.log(1 / 5), 3);
    expect(slopes[0]).toBeCloseTo(Math.log(3) - Math.log(1 / 5), 3);
  });

  it('stands where the pull of the penalty meets the errors, intercept free', () => {
    const random = seededRandom(9);
    const values = Float32Array.from({ length: 200 * 3 }, () => random() * 2 - 1);
    const labels = Array.from({ length: 200 }, (_, row) =>
      Number(random() < probabilityOfLogOdds(2 * values[row * 3]! - 1)),
    );
    const matrix = { rows: 200, columns: 3, values };
    const model = fitLogistic(matrix, labels, 0.05);
    const errors = logisticLogits(model, matrix).map((logit, row) => labels[row]! - probabilityOfLogOdds(logit));
    const mean = (of: (row: number) => number) => errors.reduce((sum, _, row) => sum + of(row), 0) / 200;
    expect(mean((row) => errors[row]!)).toBeCloseTo(0, 4);
    model.slopes.forEach((slope, column) => {
      expect(mean((row) => errors[row]! * values[row * 3 + column]!)).toBeCloseTo(0.05 * slope, 4);
    });
    expect(model.slopes[0]).toBeGreaterThan(0.5);
  });
});

describe('features of the logistic regression', () => {
  const grid = gridOf(
    ['heart-rate', 'lactate'],
    [
      {
        hours: [
          [1, 3],
          [null, null],
        ],
        static: [4],
      },
      {
        hours: [
          [5, 5],
          [2, null],
        ],
        static: [4],
      },
    ],
  );

  it('flags signals that were never measured', () => {
    const { columns, values } = flaggedFeatures(grid);
    expect(columns).toBe(2 * 9 + 1 + 2);
    expect([...values.subarray(18, 21), ...values.subarray(39)]).toEqual([4, 0, 1, 4, 0, 0]);
  });

  it('scales columns, puts the mean where something is missing and 0 where nothing varies', () => {
    const raw = flaggedFeatures(grid);
    const { columns, values } = scaleColumns(raw, fitColumnScales(raw));
    const column = (at: number) => [values[at], values[columns + at]];
    expect(column(0)).toEqual([-1, 1]);
    expect(column(9)).toEqual([0, 0]);
    expect(column(18)).toEqual([0, 0]);
    expect(column(20)).toEqual([1, -1]);
  });
});

describe('LogisticPredictor', () => {
  /** A third never had lactate measured, and those die most. */
  function madeUp(count: number, seed: number) {
    const random = seededRandom(seed);
    return gridOf(
      ['lactate'],
      Array.from({ length: count }, () => {
        const measured = random() > 0.33;
        const risk = measured ? 0.1 : 0.6;
        return { hours: [[measured ? random() : null, null]], static: [random()], died: random() < risk };
      }),
    );
  }

  it('learns from a signal that was never measured, and is calibrated', async () => {
    const training = madeUp(2000, 1);
    const predictor = new LogisticPredictor();
    await predictor.fit(training, madeUp(500, 2), OPTIONS);
    const [missing, measured] = await predictor.predict(
      gridOf(
        ['lactate'],
        [
          { hours: [[null, null]], static: [0.5] },
          { hours: [[0.5, null]], static: [0.5] },
        ],
      ),
    );
    const rate = (never: boolean) => {
      const chosen = [...training.labels.keys()].filter((window) => (training.mask[2 * window] === 0) === never);
      return chosen.reduce((sum, window) => sum + training.labels[window]!, 0) / chosen.length;
    };
    expect(missing).toBeCloseTo(rate(true), 1);
    expect(measured).toBeCloseTo(rate(false), 1);
    expect(missing! - measured!).toBeGreaterThan(0.3);
  });

  it('takes the strength that does best on validation windows', async () => {
    const predictor = new LogisticPredictor([100, 0.01]);
    await predictor.fit(madeUp(500, 3), madeUp(200, 4), OPTIONS);
    expect(predictor.strength).toBe(0.01);
    await expect(new LogisticPredictor().predict(madeUp(1, 1))).rejects.toThrow(/has not been fitted/);
  });
});
