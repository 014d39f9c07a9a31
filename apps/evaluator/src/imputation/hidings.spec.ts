import type { WindowStore } from '#training';
import { describe, expect, it } from '@jest/globals';
import { HIDING_NAMES, hideInWindows, hidingTitle } from './hidings.js';

const HOURS = 24;
const SIGNALS = ['heart-rate', 'temperature', 'sodium', 'lactate'];
const WINDOWS = 200;
const STORE: WindowStore = {
  signals: SIGNALS,
  hours: HOURS,
  labels: Array.from({ length: WINDOWS }, (_, at) => ({
    datasetId: 'd',
    stayId: `s${at}`,
    patientId: `p${at}`,
    part: 'test' as const,
    hoursSinceAdmission: 24,
    died: false,
    static: {},
  })),
  values: new Float32Array(WINDOWS * SIGNALS.length * HOURS),
};
const SIZE = SIGNALS.length * HOURS;
const INDICES = [...STORE.labels.keys()];
const MASK = new Float32Array(WINDOWS * SIZE).map((_, entry) => (entry % 3 === 0 ? 0 : 1));

describe('hideInWindows', () => {
  it('hides the share of points that is asked for, and only what was measured', () => {
    for (const [name, share] of [
      ['10', 0.1],
      ['90', 0.9],
    ] as const) {
      const hidden = hideInWindows(STORE, INDICES, MASK, name, 1);
      expect(hidden.every((one, entry) => one <= MASK[entry]!)).toBe(true);
      const found = hidden.reduce((sum, one) => sum + one, 0) / MASK.reduce((sum, one) => sum + one, 0);
      expect(Math.abs(found - share)).toBeLessThan(0.01);
    }
  });

  it('hides the same in a window whatever lies beside it, and something else with another seed', () => {
    for (const name of HIDING_NAMES) {
      const all = hideInWindows(STORE, INDICES, MASK, name, 1);
      const alone = hideInWindows(STORE, [7], MASK.slice(7 * SIZE, 8 * SIZE), name, 1);
      expect(alone).toEqual(all.slice(7 * SIZE, 8 * SIZE));
      expect(hideInWindows(STORE, INDICES, MASK, name, 2)).not.toEqual(all);
    }
  });

  it('hides laboratory values only, about half of them', () => {
    const hidden = hideInWindows(STORE, INDICES, MASK, 'laboratory', 1);
    const bySignal = SIGNALS.map((_, signal) =>
      hidden.reduce((sum, one, entry) => sum + (Math.floor((entry % SIZE) / HOURS) === signal ? one : 0), 0),
    );
    expect(bySignal.slice(0, 2)).toEqual([0, 0]);
    for (const count of bySignal.slice(2)) expect(Math.abs(count / (WINDOWS * 16) - 0.5)).toBeLessThan(0.05);
    expect(hidingTitle('laboratory')).toBe('half of the laboratory values');
  });
});
