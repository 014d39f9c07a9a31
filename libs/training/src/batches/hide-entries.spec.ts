import { seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawPattern, hideEntries, type HidingPattern } from './hide-entries.js';

const HOURS = 24;
const SIGNALS = 9;
const PATTERNS: readonly HidingPattern[] = ['points', 'hours', 'signals'];

describe('hideEntries', () => {
  it('hides only what was measured, whatever the pattern', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...PATTERNS), (seed, pattern) => {
        const random = seededRandom(seed);
        const mask = new Float32Array(SIGNALS * HOURS).map(() => Number(random() < 0.4));
        const hidden = hideEntries(mask, HOURS, pattern, random);
        expect(hidden.every((one, entry) => one === 0 || (one === 1 && mask[entry] === 1))).toBe(true);
      }),
    );
  });

  it('hides the asked share of points', () => {
    const mask = new Float32Array(10_000 * HOURS).fill(1);
    const hidden = hideEntries(mask, HOURS, 'points', seededRandom(1), 0.3);
    expect(hidden.reduce((sum, one) => sum + one, 0) / mask.length).toBeCloseTo(0.3, 2);
  });

  it('hides neighbouring hours of all signals, or all hours of some', () => {
    const mask = new Float32Array(SIGNALS * HOURS).fill(1);
    const byHour = hideEntries(mask, HOURS, 'hours', seededRandom(5));
    const hours = [...byHour.subarray(0, HOURS).keys()].filter((hour) => byHour[hour] === 1);
    expect(hours.length).toBeGreaterThanOrEqual(2);
    expect(hours.at(-1)! - hours[0]! + 1).toBe(hours.length);
    for (let signal = 1; signal < SIGNALS; signal++)
      expect(byHour.slice(signal * HOURS, (signal + 1) * HOURS)).toEqual(byHour.slice(0, HOURS));
    const bySignal = hideEntries(mask, HOURS, 'signals', seededRandom(5));
    const hiddenHours = Array.from({ length: SIGNALS }, (_, signal) =>
      bySignal.slice(signal * HOURS, (signal + 1) * HOURS).reduce((sum, one) => sum + one, 0),
    );
    expect(new Set(hiddenHours)).toEqual(new Set([0, HOURS]));
  });

  it('draws every pattern', () => {
    const random = seededRandom(3);
    expect(new Set(Array.from({ length: 200 }, () => drawPattern(random)))).toEqual(new Set(PATTERNS));
  });
});
