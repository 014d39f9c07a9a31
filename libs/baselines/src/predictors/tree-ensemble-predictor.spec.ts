import { areaUnderRoc, probabilityOfLogOdds, seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import { gridOf } from '../../../../test/support/grid-of-windows.js';
import { predictLogits } from '../boosting/boosted-trees.js';
import { statisticFeatures } from './statistic-features.js';
import { TREE_ENSEMBLE_SETTINGS, TreeEnsemblePredictor } from './tree-ensemble-predictor.js';

const OPTIONS = { seed: 3, epochs: 1, patience: 1 };
const SMALL = { trees: 8, minChildWeight: 1, rowShare: 0.7, learningRate: 0.2 };

/** Whoever's heart rate rises dies more often; a third of the hours is missing. */
function madeUp(count: number, seed: number) {
  const random = seededRandom(seed);
  return gridOf(
    ['heart-rate'],
    Array.from({ length: count }, () => {
      const slope = random() - 0.5;
      const hours = Array.from({ length: 8 }, (_, hour) => (random() < 0.33 ? null : 80 + 10 * slope * hour));
      return { hours: [hours], static: [random()], died: random() < (slope > 0 ? 0.8 : 0.1) };
    }),
  );
}

describe('TreeEnsemblePredictor', () => {
  const training = madeUp(300, 1);
  const validation = madeUp(100, 2);

  it('gives the probability of its trees: the mean log odds of five fits', async () => {
    const predictor = new TreeEnsemblePredictor(SMALL);
    const shares: number[] = [];
    await predictor.fit(training, validation, { ...OPTIONS, onProgress: (share) => shares.push(share) });
    const fresh = madeUp(200, 4);
    const risks = await predictor.predict(fresh);
    expect(risks).toEqual(predictLogits(predictor.model, statisticFeatures(fresh)).map(probabilityOfLogOdds));
    const rising = [...fresh.labels.keys()].filter((window) => fresh.labels[window] === 1);
    const mean = (windows: number[]) => windows.reduce((sum, window) => sum + risks[window]!, 0) / windows.length;
    const others = [...fresh.labels.keys()].filter((window) => fresh.labels[window] === 0);
    expect(mean(rising) - mean(others)).toBeGreaterThan(0.25);
    expect(shares.at(-1)).toBeGreaterThan(0.8);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('gives the same for the same seed, whatever was imputed', async () => {
    const [one, other] = [new TreeEnsemblePredictor(SMALL), new TreeEnsemblePredictor(SMALL)];
    await one.fit(training, validation, OPTIONS);
    await other.fit({ ...training, values: training.values.map(() => 5) }, validation, OPTIONS);
    expect(await other.predict(validation)).toEqual(await one.predict(validation));
  });

  it('tells few windows apart, too, which weigh less than a leaf of many', async () => {
    const predictor = new TreeEnsemblePredictor({ ...TREE_ENSEMBLE_SETTINGS, trees: 100, columnShare: 1 });
    // 80 windows at half deaths weigh 20: two leaves of 20 would want 40
    await predictor.fit(madeUp(80, 1), validation, OPTIONS);
    const fresh = madeUp(200, 4);
    expect(areaUnderRoc(await predictor.predict(fresh), fresh.labels)).toBeGreaterThan(0.7);
  });

  it('stops when asked to, and says when it was not fitted', async () => {
    const predictor = new TreeEnsemblePredictor(SMALL);
    const stop = AbortSignal.abort(new Error('stopped by hand'));
    await expect(predictor.fit(training, validation, { ...OPTIONS, signal: stop })).rejects.toThrow('stopped by hand');
    await expect(predictor.predict(validation)).rejects.toThrow(/tree-ensemble has not been fitted/);
  });
});

describe('statisticFeatures', () => {
  it('lays out statistics by signal, then the stay', () => {
    const grid = gridOf(
      ['heart-rate', 'lactate'],
      [
        { hours: [[null, 60, 90], new Array<null>(3).fill(null)], static: [0.5, -1] },
        { hours: [new Array<null>(3).fill(null), [2, null, null]], static: [1, 0] },
      ],
    );
    const { rows, columns, values } = statisticFeatures(grid);
    expect([rows, columns]).toEqual([2, 20]);
    const nothing = [NaN, NaN, NaN, NaN, NaN, NaN, NaN, 0, NaN];
    const heartRate = [90, 60, 75, 60, 90, Math.fround(Math.sqrt(450)), 30, 2, 0];
    expect([...values.subarray(0, 20)]).toEqual([...heartRate, ...nothing, 0.5, -1]);
    expect([...values.subarray(20)]).toEqual([...nothing, 2, 2, 2, 2, 2, NaN, NaN, 1, 2, 1, 0]);
  });

  it('reads the normalised scale where asked to', () => {
    const grid = gridOf(['heart-rate'], [{ hours: [[60]] }]);
    const scaled = { ...grid, values: Float32Array.of(-1.5) };
    expect([statisticFeatures(scaled).values[0], statisticFeatures(scaled, 'normalised').values[0]]).toEqual([
      60, -1.5,
    ]);
  });
});
