import { describe, expect, it } from '@jest/globals';
import { brierScore } from './brier-score.js';
import { fitLogisticRecalibration, logOdds, probabilityOfLogOdds } from './logistic-recalibration.js';
import { seededRandom } from '../seeded-random.js';

describe('brierScore', () => {
  it('gives the value of the worked example in the scikit-learn manual', () => {
    expect(brierScore([0.1, 0.9, 0.8, 0.3], [0, 1, 1, 0])).toBeCloseTo(0.0375, 12);
  });
});

describe('fitLogisticRecalibration', () => {
  it('solves a two-group table by hand: the fitted odds are the observed ones', () => {
    const probabilities = [0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8];
    const labels = [1, 0, 0, 0, 1, 1, 1, 0];
    const { slope, intercept } = fitLogisticRecalibration(probabilities, labels);
    expect(slope).toBeCloseTo(Math.log(3) / Math.log(4), 6);
    expect(intercept).toBeCloseTo(0, 6);
  });

  it('finds the line that the outcomes were drawn from', () => {
    const random = seededRandom(7);
    const probabilities = Array.from({ length: 40_000 }, () => 0.02 + 0.96 * random());
    const labels = probabilities.map((p) => (random() < probabilityOfLogOdds(-0.7 + 0.6 * logOdds(p)) ? 1 : 0));
    const { slope, intercept } = fitLogisticRecalibration(probabilities, labels);
    expect(Math.abs(slope - 0.6)).toBeLessThan(0.03);
    expect(Math.abs(intercept + 0.7)).toBeLessThan(0.03);
  });

  it('says NaN, not infinity, when the classes are separated or one is missing', () => {
    expect(fitLogisticRecalibration([0.2, 0.3], [1, 1]).slope).toBeNaN();
    expect(fitLogisticRecalibration([0.5, 0.5], [1, 0]).slope).toBeNaN();
  });
});
