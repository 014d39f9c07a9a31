import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WINDOW_STATISTICS, windowStatistics } from './window-statistics.js';

/** One signal's statistics by name; null is an hour without a value. */
function statisticsOf(hours: readonly (number | null)[]): Record<string, number> {
  const values = Float32Array.from(hours, (value) => value ?? 999);
  const mask = Float32Array.from(hours, (value) => (value === null ? 0 : 1));
  const found = windowStatistics(values, mask, hours.length);
  return Object.fromEntries(WINDOW_STATISTICS.map((name, index) => [name, found[index]!]));
}

describe('windowStatistics', () => {
  it('sums up measured hours only', () => {
    // t = 1, 2, 4 and x = 2, 5, 5: means 7/3 and 4; sums of products 4 and of squares 14/3 (t) and 6 (x)
    const found = statisticsOf([null, 2, 5, null, 5, null, null]);
    expect(found).toMatchObject({ last: 5, first: 2, mean: 4, min: 2, max: 5, count: 3, age: 2 });
    expect(found.sd).toBeCloseTo(Math.sqrt(6 / 2), 6);
    expect(found.slope).toBeCloseTo(4 / (14 / 3), 6);
  });

  it('has no deviation and no slope of a single value', () => {
    expect(statisticsOf([null, null, 7, null])).toEqual({
      last: 7,
      first: 7,
      mean: 7,
      min: 7,
      max: 7,
      sd: NaN,
      slope: NaN,
      count: 1,
      age: 1,
    });
  });

  it('knows only the count of a signal that was never measured', () => {
    expect(windowStatistics(new Float32Array(4), new Float32Array(4), 4)).toEqual(
      Float32Array.from([NaN, NaN, NaN, NaN, NaN, NaN, NaN, 0, NaN]),
    );
  });

  it('gives a constant signal no deviation and no slope, to the bit', () => {
    expect(statisticsOf([0.1, 0.1, null, 0.1])).toMatchObject({ sd: 0, slope: 0 });
  });

  it('finds the line through points of a line, wherever the gaps are', () => {
    const line = fc.record({
      slope: fc.integer({ min: -50, max: 50 }),
      start: fc.integer({ min: -1000, max: 1000 }),
      measured: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
    });
    fc.assert(
      fc.property(line, ({ slope, start, measured }) => {
        fc.pre(measured.filter(Boolean).length > 1);
        const found = statisticsOf(measured.map((there, hour) => (there ? start + slope * hour : null)));
        expect(found.slope).toBeCloseTo(slope, 4);
        expect(found.last! - found.first!).toBe(slope * (measured.lastIndexOf(true) - measured.indexOf(true)));
      }),
    );
  });

  it('writes rows one after the other into a given array', () => {
    const into = new Float32Array(18).fill(-1);
    const found = windowStatistics(Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 0, 1, 1), 2, into);
    expect(found).toBe(into);
    expect([into[0], into[7], into[8], into[9], into[16], into[17]]).toEqual([1, 1, 1, 4, 2, 0]);
  });

  it('refuses lengths that do not agree', () => {
    expect(() => windowStatistics(new Float32Array(5), new Float32Array(5), 2)).toThrow(RangeError);
    expect(() => windowStatistics(new Float32Array(4), new Float32Array(2), 2)).toThrow(/4 values, 2 mask entries/);
  });
});
