import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../seeded-random.js';
import { mortalityMetrics } from './mortality-metrics.js';
import { pairedBootstrap } from './paired-bootstrap.js';

const random = seededRandom(31);
const frailty = Array.from({ length: 400 }, () => random());
const patients = frailty.map((_, row) => row);
const labels = frailty.map((value) => (random() < 0.7 * value ** 2 ? 1 : 0));
const noisy = (spread: number): number[] =>
  frailty.map((value) => 0.01 + 0.95 * Math.min(1, Math.max(0, value + spread * (random() - 0.5))));
const sharp = noisy(0.1);
const alike = sharp.map((risk, row) => Math.min(0.99, Math.max(0.01, risk + 0.02 * ((row % 3) - 1))));
const blunt = noisy(1.6);
const options = { seed: 8, resamples: 200 };

describe('pairedBootstrap', () => {
  it('is certain that a much better model is better', () => {
    const { auroc, brier } = pairedBootstrap({ patients, labels, first: blunt, second: sharp }, options);
    expect(auroc.difference.low).toBeGreaterThan(0);
    expect(auroc.twoSidedShare).toBe(0);
    expect(brier.difference.high).toBeLessThan(0);
    expect(auroc.difference.value).toBeCloseTo(auroc.second.value - auroc.first.value, 12);
  });

  it('finds no difference between a model and itself', () => {
    const { auroc } = pairedBootstrap({ patients, labels, first: sharp, second: sharp }, options);
    expect(auroc.difference).toEqual({ value: 0, low: 0, high: 0 });
    expect(auroc.twoSidedShare).toBe(1);
  });

  it('is much narrower for two alike models than the interval of either', () => {
    const { auroc } = pairedBootstrap({ patients, labels, first: sharp, second: alike }, options);
    expect(auroc.difference.high - auroc.difference.low).toBeLessThan(0.3 * (auroc.first.high - auroc.first.low));
    expect(auroc.first).toEqual(mortalityMetrics({ patients, labels, risks: sharp }, options).auroc);
  });
});
