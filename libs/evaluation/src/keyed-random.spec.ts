import { describe, expect, it } from '@jest/globals';
import { keyedRandom } from './keyed-random.js';

const draw = (seed: number, stream: number, count: number): number[] => {
  const random = keyedRandom(seed, stream);
  return Array.from({ length: count }, () => random());
};

describe('keyedRandom', () => {
  it('repeats a stream, and gives another for another seed or number', () => {
    expect(draw(1, 2, 5)).toEqual(draw(1, 2, 5));
    expect(draw(1, 2, 5)).not.toEqual(draw(2, 1, 5));
    expect(draw(1, 2, 5)).not.toEqual(draw(1, 3, 5));
  });

  it('is uniform within a stream and across the first numbers of neighbouring streams', () => {
    const within = draw(7, 0, 20_000);
    const across = Array.from({ length: 20_000 }, (_, stream) => draw(7, stream, 1)[0]!);
    for (const numbers of [within, across]) {
      const tenths = new Array<number>(10).fill(0);
      for (const number of numbers) tenths[Math.floor(10 * number)]!++;
      const chiSquared = tenths.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
      // 99.9th percentile of chi-squared with 9 degrees of freedom
      expect(chiSquared).toBeLessThan(27.88);
    }
  });
});
