import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectedCalibrationError, reliabilityCurve } from './reliability-curve.js';
import { wilsonInterval } from './wilson-interval.js';

describe('wilsonInterval', () => {
  // Newcombe, Stat Med 1998;17:857, table I, method 3
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published interval of %d in %d', (events, trials, low, high) => {
    const interval = wilsonInterval(events, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('refuses more events than trials', () => {
    expect(() => wilsonInterval(3, 2)).toThrow('3 events of 2');
  });
});

describe('reliabilityCurve', () => {
  it('parts rows into equal counts and tells what happened, by hand', () => {
    const curve = reliabilityCurve([0.4, 0.1, 0.2, 0.3, 0.6, 0.5], [1, 0, 0, 1, 1, 0], 3);
    expect(curve.map(({ rows, deaths }) => [rows, deaths])).toEqual([
      [2, 0],
      [2, 2],
      [2, 1],
    ]);
    expect(curve.map(({ lowestRisk, highestRisk }) => [lowestRisk, highestRisk])).toEqual([
      [0.1, 0.2],
      [0.3, 0.4],
      [0.5, 0.6],
    ]);
    expect(curve[1]!.meanRisk).toBeCloseTo(0.35, 12);
    expect(curve[2]!.observed).toEqual(wilsonInterval(1, 2));
    // (|0 - .15| + |1 - .35| + |.5 - .55|) / 3
    expect(expectedCalibrationError(curve)).toBeCloseTo(0.85 / 3, 12);
  });

  it('holds every row once, in order, and never parts equal risks', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1)), { minLength: 1 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 12 }), (pairs, bins) => {
        const curve = reliabilityCurve(
          pairs.map(([risk]) => risk / 10),
          pairs.map(([, label]) => label),
          bins,
        );
        expect(curve.length).toBeLessThanOrEqual(bins);
        expect(curve.reduce((sum, bin) => sum + bin.rows, 0)).toBe(pairs.length);
        expect(curve.reduce((sum, bin) => sum + bin.deaths, 0)).toBe(pairs.filter(([, label]) => label === 1).length);
        for (let at = 1; at < curve.length; at++)
          expect(curve[at]!.lowestRisk).toBeGreaterThan(curve[at - 1]!.highestRisk);
      }),
    );
  });
});
