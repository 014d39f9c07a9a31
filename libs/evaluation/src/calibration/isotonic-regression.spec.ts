import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brierScore } from './brier-score.js';
import { applyIsotonic, fitIsotonic, poolAdjacentViolators } from './isotonic-regression.js';

describe('poolAdjacentViolators', () => {
  it('pools what falls, by hand', () => {
    expect([...poolAdjacentViolators([1, 3, 2, 4, 3, 5])]).toEqual([1, 2.5, 2.5, 3.5, 3.5, 5]);
    expect([...poolAdjacentViolators([3, 2, 1])]).toEqual([2, 2, 2]);
    expect([...poolAdjacentViolators([4, 1], [1, 3])]).toEqual([1.75, 1.75]);
  });

  it('equals the max-min formula (Barlow et al. 1972)', () => {
    const entry = fc.record({ value: fc.integer({ min: -9, max: 9 }), weight: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 10 }), (entries) => {
        const pooled = poolAdjacentViolators(
          entries.map(({ value }) => value),
          entries.map(({ weight }) => weight),
        );
        const meanOf = (from: number, to: number): number => {
          const part = entries.slice(from, to + 1);
          return (
            part.reduce((sum, { value, weight }) => sum + value * weight, 0) /
            part.reduce((sum, { weight }) => sum + weight, 0)
          );
        };
        entries.forEach((_, at) => {
          const starts = Array.from({ length: at + 1 }, (__, from) => from);
          const ends = Array.from({ length: entries.length - at }, (__, step) => at + step);
          const expected = Math.max(...starts.map((from) => Math.min(...ends.map((to) => meanOf(from, to)))));
          expect(pooled[at]).toBeCloseTo(expected, 10);
        });
      }),
    );
  });
});

describe('fitIsotonic', () => {
  it('keeps the ends of each flat part as knots, by hand', () => {
    const map = fitIsotonic([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [0, 0, 1, 0, 1, 1, 1]);
    expect(map).toEqual({ scores: [0.1, 0.2, 0.3, 0.4, 0.5, 0.7], probabilities: [0, 0, 0.5, 0.5, 1, 1] });
    expect(applyIsotonic(map, 0.25)).toBeCloseTo(0.25, 12);
    expect([0, 0.35, 0.65, 3].map((score) => applyIsotonic(map, score))).toEqual([0, 0.5, 1, 1]);
  });

  it('survives JSON, never falls, keeps the mean and never raises the Brier score of the rows it was fitted on', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom(0, 1)), { minLength: 1 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const scores = pairs.map(([score]) => score / 20);
        const labels = pairs.map(([, label]) => label);
        const map = JSON.parse(JSON.stringify(fitIsotonic(scores, labels))) as ReturnType<typeof fitIsotonic>;
        const fitted = scores.map((score) => applyIsotonic(map, score));
        const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
        expect(sum(fitted)).toBeCloseTo(sum(labels), 9);
        expect(brierScore(fitted, labels)).toBeLessThanOrEqual(brierScore(scores, labels) + 1e-12);
        const rising = Array.from({ length: 41 }, (_, step) => applyIsotonic(map, step / 40));
        for (let at = 1; at < rising.length; at++) expect(rising[at]).toBeGreaterThanOrEqual(rising[at - 1]!);
      }),
    );
  });

  it('gives one value for one score, and refuses none', () => {
    expect(applyIsotonic(fitIsotonic([0.3, 0.3, 0.3, 0.3], [1, 0, 0, 0]), 0.9)).toBe(0.25);
    expect(() => fitIsotonic([], [])).toThrow('at least one');
  });
});
