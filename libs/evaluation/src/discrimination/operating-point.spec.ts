import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deathsToCatch } from '../deaths-to-catch.js';
import { eventOne } from './event-one.js';
import { operatingPoint, operatingPointAtSensitivity } from './operating-point.js';

const scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05];
const labels = [1, 0, 1, 1, 0, 1, 0, 0, 1, 0];

describe('operatingPoint', () => {
  it('fills the four-fold table by hand', () => {
    // flagged: .9 .8 .7 .6 with 3 of 5 deaths and 1 of 5 survivors
    expect(operatingPoint(scores, labels, 0.6)).toEqual({
      threshold: 0.6,
      sensitivity: 3 / 5,
      specificity: 4 / 5,
      positivePredictiveValue: 3 / 4,
      negativePredictiveValue: 4 / 6,
      flagged: 0.4,
    });
    expect(operatingPoint(scores, labels, 0.55).sensitivity).toBe(3 / 5);
  });

  it('leaves undefined what has no rows', () => {
    expect(operatingPoint(scores, labels, 2)).toMatchObject({ sensitivity: 0, specificity: 1, flagged: 0 });
    expect(operatingPoint(scores, labels, 2).positivePredictiveValue).toBeNaN();
    expect(operatingPoint(scores, labels, 0).negativePredictiveValue).toBeNaN();
  });
});

describe('operatingPointAtSensitivity', () => {
  it('takes the highest threshold that catches enough, by hand', () => {
    expect(operatingPointAtSensitivity(scores, labels, 0.8)).toMatchObject({ threshold: 0.4, sensitivity: 0.8 });
    expect(operatingPointAtSensitivity(scores, labels, 0.81)).toMatchObject({ threshold: 0.1, sensitivity: 1 });
    expect(operatingPointAtSensitivity([0.5], [0], 0.8)).toBeUndefined();
    expect(() => operatingPointAtSensitivity(scores, labels, 80)).toThrow('share of deaths 80');
  });

  it('agrees with judging its threshold, and no higher score would do', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.constantFrom(0, 1)), { minLength: 1 });
    fc.assert(
      fc.property(rows, fc.constantFrom(0.5, 0.8, 0.9, 1), (pairs, share) => {
        const [s, y] = [pairs.map(([score]) => score), pairs.map(([, label]) => label)];
        const point = operatingPointAtSensitivity(s, y, share);
        fc.pre(point !== undefined);
        expect(operatingPoint(s, y, point!.threshold)).toEqual(point);
        expect(point!.sensitivity).toBeGreaterThanOrEqual(share - 1e-12);
        expect(operatingPoint(s, y, point!.threshold + 0.5).sensitivity).toBeLessThan(share);
      }),
    );
  });
});

describe('eventOne', () => {
  it('is the greatest smaller of the two, by hand', () => {
    // at .6: sensitivity 3/5, value 3/4; at .4: 4/5 and 4/6, whose smaller is the greatest
    expect(eventOne(scores, labels)).toEqual({ score: 4 / 6, threshold: 0.4 });
  });

  it('is about the prevalence for a score that says nothing, and 1 for one that says all', () => {
    expect(eventOne([1, 1, 1, 1], [1, 0, 0, 0]).score).toBe(0.25);
    expect(eventOne([4, 3, 2, 1], [1, 1, 0, 0]).score).toBe(1);
    expect(eventOne([1], [0]).score).toBeNaN();
  });
});

describe('deathsToCatch', () => {
  it('rounds up, but not a rounding error', () => {
    expect(deathsToCatch(0.8, 5)).toBe(4);
    expect(deathsToCatch(0.7, 10)).toBe(7);
    expect(deathsToCatch(0.71, 10)).toBe(8);
    expect(deathsToCatch(0.01, 10)).toBe(1);
  });
});
