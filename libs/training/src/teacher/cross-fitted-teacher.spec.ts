import { areaUnderRoc, seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import { fitScales, WindowEncoder } from '../batches/window-encoder.js';
import type { WindowLabel, WindowStore } from '../windows/recorded-window.js';
import { crossFittedTeacher } from './cross-fitted-teacher.js';

const HOURS = 24;
const SIGNALS = ['heart-rate', 'lactate'] as const;
const SETTINGS = { trees: 20, learningRate: 0.3, maxLeaves: 4, minChildWeight: 0.5 };

/** Two windows a stay. Lactate tells who dies where `informative`; otherwise nothing does but the stay itself: its heart rate is its own. */
function storeOf(stays: number, informative: boolean): WindowStore {
  const random = seededRandom(3);
  const own = Array.from({ length: stays }, () => ({ died: random() < 0.4, heartRate: 50 + 100 * random() }));
  const labels = Array.from({ length: 2 * stays }, (_, index): WindowLabel => {
    const stay = Math.floor(index / 2);
    return {
      datasetId: 'made-up',
      stayId: `s${stay}`,
      patientId: `p${stay}`,
      part: stay % 5 === 4 ? 'validation' : 'train',
      hoursSinceAdmission: 24,
      died: own[stay]!.died,
      static: {},
    };
  });
  const values = labels.flatMap(({ died }, index) =>
    Array.from({ length: SIGNALS.length * HOURS }, (_, entry) => {
      if (entry < HOURS) return own[Math.floor(index / 2)]!.heartRate;
      return informative && died ? 5 + random() : 1 + random();
    }),
  );
  return { signals: SIGNALS, hours: HOURS, labels, values: Float32Array.from(values) };
}

function areaOf(store: WindowStore, part: WindowLabel['part']): number {
  const teacher = crossFittedTeacher(new WindowEncoder(store, fitScales(store)), { seed: 1, settings: SETTINGS });
  const rows = [...store.labels.keys()].filter((row) => store.labels[row]!.part === part);
  return areaUnderRoc(
    rows.map((row) => teacher[row]!),
    rows.map((row) => Number(store.labels[row]!.died)),
  );
}

describe('crossFittedTeacher', () => {
  it('tells training and validation windows apart where the measurements do', () => {
    const store = storeOf(60, true);
    expect(areaOf(store, 'train')).toBeGreaterThan(0.99);
    expect(areaOf(store, 'validation')).toBeGreaterThan(0.99);
  });

  it('cannot repeat the outcome of a stay that it has not seen, even where both of its windows are alike', () => {
    // trees that had seen the stay's other window would know the outcome by the heart rate
    expect(Math.abs(areaOf(storeOf(120, false), 'train') - 0.5)).toBeLessThan(0.2);
  });

  it('stops when asked to', () => {
    const store = storeOf(20, true);
    const signal = AbortSignal.abort(new Error('enough'));
    const encoder = new WindowEncoder(store, fitScales(store));
    expect(() => crossFittedTeacher(encoder, { seed: 1, settings: SETTINGS, signal })).toThrow('enough');
  });
});
