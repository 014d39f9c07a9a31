import { describe, expect, it } from '@jest/globals';
import { normalisedCrps } from './crps.js';
import { imputationError } from './imputation-error.js';
import { coverageAtMost, intervalCoverage } from './interval-coverage.js';
import { quantileOfSorted } from '../quantile.js';
import { seededRandom } from '../seeded-random.js';

describe('imputationError', () => {
  it('is the root of the mean square, and the mean of the absolute, by hand', () => {
    expect(imputationError([1, 2, 5], [1, 4, 2])).toEqual({ rmse: Math.sqrt(13 / 3), mae: 5 / 3, entries: 3 });
  });
});

describe('quantileOfSorted', () => {
  it('interpolates as NumPy does', () => {
    expect(quantileOfSorted([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantileOfSorted([5], 0.9)).toBe(5);
  });
});

describe('normalisedCrps', () => {
  it('is twice the pinball loss over the mean magnitude, by hand for a point forecast', () => {
    // One sample 3, truth 2: every quantile is 3, loss 2 * 1 * (1 - level), mean over levels 2 * .5 = 1, over |2|.
    expect(normalisedCrps([[3]], [2])).toBeCloseTo(0.5, 12);
  });

  it('comes near the closed form for a standard normal forecast', () => {
    const samples = Array.from({ length: 4001 }, (_, index) => normalQuantile((index + 0.5) / 4001));
    // CRPS of N(0, 1) at 0 is 2 * phi(0) - 1 / sqrt(pi) = .2337 (Gneiting and Raftery 2007, eq. 21); 19 levels leave the tails out.
    const score = normalisedCrps([samples, samples], [1e-9, 1]);
    const atZero = 2 / Math.sqrt(2 * Math.PI) - 1 / Math.sqrt(Math.PI);
    const atOne = 1 * (2 * 0.8413447) - 1 + 2 * 0.2419707 - 1 / Math.sqrt(Math.PI);
    expect(Math.abs(score - (atZero + atOne))).toBeLessThan(0.05);
  });
});

describe('intervalCoverage', () => {
  it('counts the true values within the central interval', () => {
    const samples = Array.from({ length: 101 }, (_, index) => index);
    expect(intervalCoverage([samples, samples, samples, samples], [4, 5, 95, 96], 0.9)).toBe(0.5);
  });

  it('approaches its level for draws of the same distribution', () => {
    const random = seededRandom(3);
    const truth = Array.from({ length: 2000 }, () => random());
    const samples = truth.map(() => Array.from({ length: 100 }, () => random()));
    expect(Math.abs(intervalCoverage(samples, truth, 0.5) - 0.5)).toBeLessThan(0.04);
  });

  it('is at most what lies between the least and the greatest of few draws', () => {
    // A further draw falls outside of n others with a chance of 2 / (n + 1): of 8 it lies between them 7 times in 9.
    expect(coverageAtMost(8, 0.9)).toBeCloseTo(7 / 9, 12);
    expect(coverageAtMost(8, 0.5)).toBe(0.5);
    expect([19, 100].map((draws) => coverageAtMost(draws, 0.9))).toEqual([0.9, 0.9]);
    const random = seededRandom(5);
    const truth = Array.from({ length: 4000 }, () => random());
    const samples = truth.map(() => Array.from({ length: 8 }, () => random()));
    // three standard errors
    expect(Math.abs(intervalCoverage(samples, truth, 0.9) - 7 / 9)).toBeLessThan(0.02);
  });
});

/** Normal quantile by bisection of the error function's series; good to 1e-6 for the spec. */
function normalQuantile(level: number): number {
  let [low, high] = [-8, 8];
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2;
    if (normalDistribution(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function normalDistribution(x: number): number {
  let [term, sum] = [x, x];
  for (let k = 1; k < 200; k++) sum += term *= (x * x) / (2 * k + 1);
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
