import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scrollToShow, visibleRows } from './visible-rows.js';

describe('visibleRows', () => {
  it('covers every row in sight and draws few others, wherever the list is scrolled to', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(100_000), fc.integer({ min: 100, max: 2_000 }), (rows, scrollTopPx, viewPx) => {
        const { first, end } = visibleRows(rows, 50, scrollTopPx, viewPx);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(rows);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(viewPx / 50) + 14);
        const firstInSight = Math.floor(scrollTopPx / 50);
        if (firstInSight < rows) expect(first).toBeLessThanOrEqual(firstInSight);
      }),
    );
  });

  it('scrolls no further than needed to show a row', () => {
    expect(scrollToShow(3, 50, 0, 500)).toBeUndefined();
    expect(scrollToShow(3, 50, 400, 500)).toBe(150);
    expect(scrollToShow(20, 50, 0, 500)).toBe(550);
  });
});
