import { seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import { drawAscending } from './draw-ascending.js';

describe('drawAscending', () => {
  it('draws as many as wanted, ascending and once each, or all', () => {
    const drawn = [...drawAscending(50, 20, seededRandom(1))];
    expect(drawn).toHaveLength(20);
    expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    expect(drawn.every((one) => one >= 0 && one < 50)).toBe(true);
    expect([...drawAscending(3, 9, () => NaN)]).toEqual([0, 1, 2]);
  });

  it('draws each number about as often', () => {
    const random = seededRandom(2);
    const counts = new Array<number>(5).fill(0);
    for (let round = 0; round < 2000; round++) for (const one of drawAscending(5, 2, random)) counts[one]!++;
    // 800 expected, with a standard deviation of 22
    for (const count of counts) expect(Math.abs(count - 800)).toBeLessThan(90);
  });
});
