import { describe, expect, it } from '@jest/globals';
import { backOffMs } from './back-off.js';

const policy = { firstPauseMs: 1_000, longestPauseMs: 60_000 };

describe('the pause after a failed attempt', () => {
  it('doubles, and draws the upper half of each bound', () => {
    const lowest = [1, 2, 3, 4].map((attempts) => backOffMs(attempts, policy, () => 0));
    expect(lowest).toEqual([500, 1_000, 2_000, 4_000]);
    expect(backOffMs(3, policy, () => 0.5)).toBe(3_000);
  });

  it('stays within the longest one, however many attempts there were', () => {
    expect(backOffMs(7, policy, () => 0)).toBe(30_000);
    expect(backOffMs(1_000, policy, () => 0.999_999)).toBe(60_000);
  });
});
