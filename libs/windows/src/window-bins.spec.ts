import { HOUR_MS, MINUTE_MS, type Observation, type SignalId } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { StayWindow } from './stay-window.js';
import { windowBins } from './window-bins.js';

function observed(signal: SignalId, value: number, effectiveAtMs: number): Observation {
  return { signal, value, effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor' };
}

describe('windowBins', () => {
  it('takes the mean of vital signs, the last laboratory value and the sum of urine', () => {
    const window = new StayWindow(0);
    const hour = 30 * HOUR_MS;
    window.merge(observed('heart-rate', 80, hour + MINUTE_MS));
    window.merge(observed('heart-rate', 100, hour + 31 * MINUTE_MS));
    window.merge(observed('lactate', 4, hour + 2 * MINUTE_MS));
    window.merge(observed('lactate', 2, hour + 50 * MINUTE_MS));
    window.merge(observed('urine-output', 30, hour));
    window.merge(observed('urine-output', 45, hour + 20 * MINUTE_MS));
    const { values, mask, windowStartMs } = windowBins(window, ['lactate', 'heart-rate', 'urine-output']);
    expect([values[23], values[47], values[71]]).toEqual([2, 90, 75]);
    expect(mask.reduce((sum, measured) => sum + measured, 0)).toBe(3);
    expect(windowStartMs).toBe(7 * HOUR_MS);
  });

  it('puts each hour since admission into its own bin and leaves the rest at zero', () => {
    const window = new StayWindow(15 * MINUTE_MS);
    window.merge(observed('sodium', 140, 15 * MINUTE_MS));
    window.merge(observed('sodium', 141, 75 * MINUTE_MS - 1));
    window.merge(observed('sodium', 142, 75 * MINUTE_MS));
    const { values, mask } = windowBins(window, ['sodium']);
    expect([values[21], values[22], values[23]]).toEqual([0, 141, 142]);
    expect([mask[21], mask[22], mask[23]]).toEqual([0, 1, 1]);
  });
});
