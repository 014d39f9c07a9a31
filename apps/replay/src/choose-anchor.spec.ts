import { HOUR_MS, MINUTE_MS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { chooseAnchor } from './choose-anchor.js';

const NOW_MS = Date.UTC(2026, 2, 1, 12, 0, 30);
const USUAL = { nowMs: NOW_MS, spanMs: 48 * HOUR_MS, speed: 600, fastForwardMs: 0 };

describe('the anchor', () => {
  it('puts the last event into the minute that has just passed', () => {
    const endMs = chooseAnchor(USUAL) + USUAL.spanMs;
    expect(endMs).toBeLessThanOrEqual(NOW_MS);
    expect(endMs).toBeGreaterThan(NOW_MS - MINUTE_MS);
  });

  it('may be asked for, as long as nothing comes to lie in the future', () => {
    const earlierMs = NOW_MS - 72 * HOUR_MS;
    expect(chooseAnchor({ ...USUAL, anchorMs: earlierMs })).toBe(earlierMs);
    expect(() => chooseAnchor({ ...USUAL, anchorMs: NOW_MS - HOUR_MS })).toThrow(
      /into the future.*2026-02-27T12:00:00.000Z or earlier/,
    );
  });

  it('may be recent at the speed of life, which never overtakes the clock', () => {
    expect(chooseAnchor({ ...USUAL, speed: 1, anchorMs: NOW_MS })).toBe(NOW_MS);
    expect(() => chooseAnchor({ ...USUAL, speed: 1, anchorMs: NOW_MS + 1 })).toThrow(/future/);
    expect(() => chooseAnchor({ ...USUAL, speed: 1, fastForwardMs: HOUR_MS, anchorMs: NOW_MS })).toThrow(/future/);
  });
});
