import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, type Observation, type SignalId } from '#clinical';
import type { RecordedStay } from '#datasets';
import { hideInStay } from './hide-in-stay.js';
import { judgeHidden } from './judge-hidden.js';

const SIGNALS: SignalId[] = ['heart-rate', 'sodium'];
const SCALES = { 'heart-rate': { mean: 80, sd: 10 }, sodium: { mean: 140, sd: 5 } };

function observed(signal: SignalId, hour: number, value: number): Observation {
  const effectiveAtMs = (hour + 0.5) * HOUR_MS;
  return { signal, value, effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor' };
}

const STAY: RecordedStay = {
  stay: { stayId: 'a', site: 's', ward: 'w', bed: 'b', admittedAtMs: 0, static: {} },
  ...{ datasetId: 'synthetic', patientId: 'a' },
  observations: Array.from({ length: 24 }, (_, hour) => [
    observed('heart-rate', hour, 80 + hour),
    ...(hour % 4 === 0 ? [observed('sodium', hour, 140 + hour)] : []),
  ]).flat(),
};

describe('hideInStay', () => {
  it('hides some of what was measured, shows the rest, and depends on seed and stay alone', () => {
    const windows = hideInStay(STAY, SIGNALS, [24 * HOUR_MS], 3);
    expect(hideInStay(STAY, SIGNALS, [24 * HOUR_MS], 3)).toEqual(windows);
    const [points, laboratory] = windows;
    expect([points!.hiding, laboratory!.hiding]).toEqual(['points-10', 'laboratory-50']);
    for (const { hidden, shown, truth } of windows) {
      hidden.forEach((isHidden, entry) => {
        if (isHidden === 1) expect([shown.mask[entry], shown.values[entry], truth[entry]! > 0]).toEqual([0, 0, true]);
        else expect(shown.values[entry]).toBe(shown.mask[entry] === 1 ? truth[entry] : 0);
      });
      expect(hidden.includes(1)).toBe(true);
    }
    expect(laboratory!.hidden.subarray(0, 24).includes(1)).toBe(false);
  });

  it('never shows the answer: what is computed from a hidden value is hidden with it, and is no question of its own', () => {
    const both: SignalId[] = ['haemoglobin', 'haematocrit'];
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const observations = hours.flatMap((hour) => [
      observed('haematocrit', hour, 30),
      { ...observed('haemoglobin', hour, 10), source: 'derived' as const },
    ]);
    const measured = hours.flatMap((hour) => [observed('haematocrit', hour, 30), observed('haemoglobin', hour, 10)]);
    for (const { hidden, shown } of hideInStay({ ...STAY, observations }, both, [24 * HOUR_MS], 3)) {
      expect(hidden.subarray(0, 24).includes(1)).toBe(false);
      expect([...shown.mask.subarray(0, 24)]).toEqual([...shown.mask.subarray(24)]);
      expect(hidden.subarray(24).includes(1)).toBe(true);
    }
    const [points] = hideInStay({ ...STAY, observations: measured }, both, [24 * HOUR_MS], 3);
    expect(points!.hidden.subarray(0, 24).includes(1)).toBe(true);
  });

  it('hides nothing of a stay that was never scored', () => {
    expect(hideInStay(STAY, SIGNALS, [], 3)).toEqual([]);
  });
});

describe('judgeHidden', () => {
  it('sums errors up on the normalised scale and in the unit, beside the last value carried forward', () => {
    const truth = new Float32Array(48);
    const mask = new Float32Array(48);
    const hidden = new Float32Array(48);
    // Heart rate: 80 at hour 0, 90 at hour 1 (hidden), 100 at hour 3 (hidden). Sodium: hidden at hour 0.
    [truth[0], truth[1], truth[3], truth[24]] = [80, 90, 100, 150];
    mask[0] = 1;
    [hidden[1], hidden[3], hidden[24]] = [1, 1, 1];
    const median = new Float32Array(48);
    [median[1], median[3], median[24]] = [85, 95, 145];
    const low = median.map((value) => value - 6);
    const high = median.map((value, entry) => (entry === 3 ? value + 1 : value + 6));
    const shown = {
      values: truth.map((value, at) => value * mask[at]!),
      mask,
      static: {},
      hoursSinceAdmission: 24,
      noiseKey: '',
    };
    const window = { stayId: 'a', hiding: 'points-10' as const, truth, hidden, shown };
    const { sums } = judgeHidden(window, { median, low, high }, SIGNALS, SCALES);
    expect(sums).toEqual([
      // Half a standard deviation off twice; carried forward 80 is one and two off.
      {
        signal: 'heart-rate',
        entries: 2,
        squared: 0.5,
        absolute: 1,
        carriedSquared: 5,
        carriedAbsolute: 3,
        storedAbsolute: 10,
        within: 1,
      },
      // Nothing was measured before: the training mean stands in, two standard deviations off.
      {
        signal: 'sodium',
        entries: 1,
        squared: 1,
        absolute: 1,
        carriedSquared: 4,
        carriedAbsolute: 2,
        storedAbsolute: 5,
        within: 1,
      },
    ]);
  });
});
