import { HOUR_MS, type Observation } from '#clinical';
import type { RecordedStay } from '#datasets';
import { seededRandom } from '#evaluation';
import { WINDOW_HOURS } from '#windows';
import { describe, expect, it } from '@jest/globals';
import { drawWindowEnds } from './window-ends.js';
import { windowsOfStay } from './windows-of-stay.js';

const LAST = WINDOW_HOURS - 1;

function observation(signal: Observation['signal'], value: number, atHours: number, delayHours = 0): Observation {
  const effectiveAtMs = atHours * HOUR_MS;
  return { signal, value, effectiveAtMs, availableAtMs: effectiveAtMs + delayHours * HOUR_MS, source: 'monitor' };
}

const RECORDED: RecordedStay = {
  stay: { stayId: 's', site: 'x', ward: 'w', bed: 'b', admittedAtMs: 0, static: {} },
  datasetId: 'challenge-2012',
  patientId: 'p',
  // By availability: the sodium drawn at hour 5.5 comes back at hour 8.
  observations: [
    observation('heart-rate', 90, 5.2),
    observation('heart-rate', 100, 7.5),
    observation('sodium', 128, 5.5, 2.5),
    observation('heart-rate', 60, 30),
  ],
  endedAtMs: 40 * HOUR_MS,
  outcome: 'survived',
};

describe('windowsOfStay', () => {
  const signals = ['heart-rate', 'sodium'] as const;

  it('holds at each end only what was available by then, with the last bin at the newest value', () => {
    const [early, later, nextDay] = windowsOfStay(RECORDED, signals, [7.9, 8, 30]);
    expect(early!.values[LAST]).toBe(100);
    expect(early!.values[LAST - 2]).toBe(90);
    expect(early!.mask.slice(WINDOW_HOURS)).toEqual(new Float32Array(WINDOW_HOURS));
    expect(later!.values[WINDOW_HOURS + LAST - 2]).toBe(128);
    expect(nextDay!.values[LAST]).toBe(60);
    expect(nextDay!.mask[LAST - 23]).toBe(1);
    expect(nextDay!.values[LAST - 23]).toBe(100);
  });

  it('knows nothing of what comes after: cutting the recording at an end changes nothing', () => {
    const cut = { ...RECORDED, observations: RECORDED.observations.slice(0, 2) };
    expect(windowsOfStay(cut, signals, [7.9])).toEqual(windowsOfStay(RECORDED, signals, [7.9]));
  });
});

describe('drawWindowEnds', () => {
  it('takes the reported hours that were reached, and random ones from the fourth hour to the end of the recording', () => {
    const ends = drawWindowEnds(30 * HOUR_MS, 50, seededRandom(1));
    expect(ends).toHaveLength(51);
    expect(ends).toContain(24);
    expect(ends).not.toContain(48);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(ends[0]!).toBeGreaterThanOrEqual(4);
    expect(ends.at(-1)!).toBeLessThanOrEqual(30);
  });

  it('takes none of a stay that ended before the fourth hour', () => {
    expect(drawWindowEnds(3.9 * HOUR_MS, 5, seededRandom(1))).toEqual([]);
  });
});
