import { HOUR_MS, MINUTE_MS, type Observation } from '#clinical';
import { StayWindow, windowBins } from '#windows';
import { describe, expect, it } from '@jest/globals';

const ADMITTED_AT_MS = Date.UTC(2026, 2, 1, 7, 40);

function heartRate(value: number, sinceAdmissionMs: number): Observation {
  const effectiveAtMs = ADMITTED_AT_MS + sinceAdmissionMs;
  return { signal: 'heart-rate', value, effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor' };
}

/**
 * # Chapter 2: A day in slots
 *
 * A window is the last 24 hours of one stay. Its hours count from admission, not from midnight. Vital signs have slots of five minutes,
 * laboratory values of one hour; an hourly bin is a function of its slots. The network sees the bins and, beside them, which of them
 * were measured at all.
 */
describe('Chapter 2: a day in slots', () => {
  it('counts the hours from admission', () => {
    const window = new StayWindow(ADMITTED_AT_MS);
    window.merge(heartRate(80, 59 * MINUTE_MS));
    window.merge(heartRate(90, 61 * MINUTE_MS));
    const { values } = windowBins(window, ['heart-rate']);
    expect([values[22], values[23]]).toEqual([80, 90]);
  });

  it('tells measured from missing, and never writes a missing value as a normal one', () => {
    const window = new StayWindow(ADMITTED_AT_MS);
    window.merge(heartRate(80, 0));
    const { values, mask } = windowBins(window, ['heart-rate', 'lactate']);
    expect([mask[23], mask[47]]).toEqual([1, 0]);
    expect(values[47]).toBe(0);
  });

  it('rolls: what is older than the window is late, and says so', () => {
    const window = new StayWindow(ADMITTED_AT_MS);
    expect(window.merge(heartRate(80, 30 * HOUR_MS))).toBe('applied');
    expect(window.merge(heartRate(75, 5 * HOUR_MS))).toBe('late');
  });
});
