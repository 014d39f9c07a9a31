import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isInShadowShare } from './shadow-share.js';

describe('the share of a shadow', () => {
  it('is about as large as it says, and everything at 1', () => {
    const windows = Array.from({ length: 4_000 }, (_, index) => [`stay-${index % 40}`, index * 300_000] as const);
    const chosen = (share: number): number =>
      windows.filter(([stayId, dueAtMs]) => isInShadowShare(stayId, dueAtMs, share)).length;
    // four standard deviations of a binomial of 4,000 draws at .25: 4 * sqrt(4000 * .25 * .75) = 110
    expect(Math.abs(chosen(0.25) - 1_000)).toBeLessThan(110);
    expect(chosen(1)).toBe(4_000);
    expect(chosen(0)).toBe(0);
  });

  it('is part of every greater share', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.string(), fc.maxSafeInteger(), share, share, (stayId, dueAtMs, one, other) => {
        const [small, great] = [Math.min(one, other), Math.max(one, other)];
        return !isInShadowShare(stayId, dueAtMs, small) || isInShadowShare(stayId, dueAtMs, great);
      }),
    );
  });
});
