import { describe, expect, it } from '@jest/globals';
import { applyPreset } from './apply-preset.js';
import type { WindowLabel, WindowStore } from './recorded-window.js';
import { repairOutliers } from './repair-outliers.js';

/** Forty stays, ten of them deaths, each with a window at 24 h and one at 30 h; one signal, two hours. */
function storeOf(): WindowStore {
  const labels = Array.from({ length: 80 }, (_, index): WindowLabel => {
    const stay = Math.floor(index / 2);
    return {
      datasetId: 'd',
      stayId: `s${stay}`,
      patientId: `p${stay}`,
      part: stay % 5 === 0 ? 'validation' : 'train',
      hoursSinceAdmission: index % 2 === 0 ? 24 : 30,
      died: stay % 4 === 0,
      static: {},
    };
  });
  return {
    signals: ['heart-rate'],
    hours: 2,
    labels,
    values: new Float32Array(160).map((_, entry) => 70 + (entry % 13)),
  };
}

describe('applyPreset', () => {
  it('leaves everything as it is for the honest preset', () => {
    const store = storeOf();
    expect(applyPreset(store, 'honest', 1)).toBe(store);
  });

  it('counts no stay among the survivors whose outcome is not known', () => {
    const store = storeOf();
    const labels = store.labels.map((label, index) =>
      label.died || index % 3 !== 0 ? label : { ...label, outcomeUnknown: true as const },
    );
    const found = applyPreset({ ...store, labels }, 'paper', 1).labels;
    expect(found).toHaveLength(20);
    expect(found.filter(({ outcomeUnknown }) => outcomeUnknown)).toEqual([]);
  });

  it('balances the first days for the paper preset, and splits them 80 to 20 afterwards', () => {
    const { labels, values } = applyPreset(storeOf(), 'paper', 1);
    expect(labels).toHaveLength(20);
    expect(labels.filter(({ died }) => died)).toHaveLength(10);
    expect(labels.every(({ hoursSinceAdmission }) => hoursSinceAdmission === 24)).toBe(true);
    expect(labels.filter(({ part }) => part === 'train')).toHaveLength(16);
    expect(new Set(labels.map(({ stayId }) => stayId)).size).toBe(20);
    expect(values).toHaveLength(40);
  });

  it('draws the same stays for the same seed only', () => {
    const staysOf = (seed: number): string =>
      applyPreset(storeOf(), 'paper', seed)
        .labels.map(({ stayId }) => stayId)
        .join();
    expect(staysOf(1)).toBe(staysOf(1));
    expect(staysOf(2)).not.toBe(staysOf(1));
  });
});

describe('repairOutliers', () => {
  it('pulls values beyond 1.5 interquartile ranges to the bound of their own signal, by hand', () => {
    // Signal 0: 1 2 3 4 100, quartiles 2 and 4, bounds -1 and 7. Signal 1 is constant.
    const values = Float32Array.of(1, 2, 3, 4, 100, 5, 5, 5, 5, 5);
    expect([...repairOutliers(values, 2, 5)]).toEqual([1, 2, 3, 4, 7, 5, 5, 5, 5, 5]);
  });

  it('leaves missing entries missing', () => {
    expect(repairOutliers(Float32Array.of(1, Number.NaN), 1, 2)[1]).toBeNaN();
  });
});
