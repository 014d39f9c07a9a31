import { describe, expect, it } from '@jest/globals';
import { quantileOfDraws } from './quantile-of-draws.js';
import { seededRandom } from './seeded-random.js';

describe('quantileOfDraws', () => {
  it('takes position p (n + 1): of 19 draws the first, the tenth and the last', () => {
    const sorted = Float64Array.from({ length: 19 }, (_, index) => index + 1);
    expect([0.05, 0.5, 0.95].map((level) => quantileOfDraws(sorted, level))).toEqual([1, 10, 19]);
  });

  it('interpolates between draws, and stays within them', () => {
    const sorted = Float64Array.of(10, 20, 40);
    expect(quantileOfDraws(sorted, 0.375)).toBe(15);
    expect([0.01, 0.99].map((level) => quantileOfDraws(sorted, level))).toEqual([10, 40]);
    expect(quantileOfDraws(Float64Array.of(7), 0.05)).toBe(7);
  });

  it('holds a further draw as often as it says', () => {
    const random = seededRandom(11);
    const trials = 4000;
    let inside = 0;
    for (let trial = 0; trial < trials; trial++) {
      const sorted = Float64Array.from({ length: 19 }, random).sort();
      const further = random();
      if (further >= quantileOfDraws(sorted, 0.05) && further <= quantileOfDraws(sorted, 0.95)) inside++;
    }
    // three standard errors of a share of .9
    expect(Math.abs(inside / trials - 0.9)).toBeLessThan(0.0143);
  });
});
