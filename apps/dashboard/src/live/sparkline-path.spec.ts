import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '#clinical';
import { sparklinePath } from './sparkline-path.js';

describe('sparklinePath', () => {
  it('is nothing without a score', () => {
    expect(sparklinePath([])).toBeUndefined();
    expect(sparklinePath([{ atMs: 1 }])).toBeUndefined();
  });

  it('rises to the upper edge with a rising risk, and ends in a dot at the newest', () => {
    const path = sparklinePath([
      { atMs: 0, median: 0.01 },
      { atMs: 10, median: 0.64 },
    ]);
    expect(path).toEqual({ line: 'M4.0 28.0L96.0 4.0', dot: 'M96.0 4.0h0' });
  });

  it('lifts the pen where a score was refused', () => {
    const path = sparklinePath([{ atMs: 0, median: 0.1 }, { atMs: 5 }, { atMs: 10, median: 0.1 }]);
    expect(path?.line.match(/M/g)).toHaveLength(2);
  });

  it('lifts the pen where no score came for long', () => {
    const path = sparklinePath([
      { atMs: 0, median: 0.1 },
      { atMs: 3 * HOUR_MS, median: 0.1 },
    ]);
    expect(path?.line.match(/M/g)).toHaveLength(2);
  });

  it('leaves a nearly still risk nearly flat, in the middle', () => {
    const path = sparklinePath([
      { atMs: 0, median: 0.1 },
      { atMs: 10, median: 0.1001 },
    ]);
    for (const [, height] of path!.line.matchAll(/ ([\d.]+)/g)) expect(Math.abs(Number(height) - 16)).toBeLessThan(0.5);
  });
});
