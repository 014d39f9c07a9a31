import type { WindowLabel, WindowStore } from '#training';
import type { ReleaseManifest } from '#model';
import { describe, expect, it } from '@jest/globals';
import { chooseWindows, countSeen, partsToRead } from './choose-windows.js';
import { bundleNotes, seenNotes } from './seen-notes.js';
import { selectSignals } from './select-signals.js';

const TRAINED = { datasets: [{ id: 'challenge-2012', stays: 6844 }] };

function label(stayId: string, part: WindowLabel['part'], datasetPart: string, hoursSinceAdmission = 24): WindowLabel {
  const common = { datasetId: 'challenge-2012', patientId: stayId, died: false, static: {} };
  return { ...common, stayId, part, datasetPart, hoursSinceAdmission };
}

function storeOf(labels: WindowLabel[]): WindowStore {
  return {
    signals: ['heart-rate', 'sodium'],
    hours: 2,
    labels,
    values: new Float32Array(4 * labels.length).map((_, at) => at),
  };
}

const STORE = storeOf([
  label('a1', 'train', 'set-a'),
  label('a2', 'validation', 'set-a'),
  label('a3', 'test', 'set-a'),
  label('a3', 'test', 'set-a', 48),
  label('c1', 'train', 'set-c'),
]);

describe('chooseWindows', () => {
  it('takes what the training never saw: the test part, and sets that it did not read', () => {
    expect(chooseWindows(STORE, 24, 'unseen', TRAINED)).toEqual([2, 4]);
    expect(chooseWindows(STORE, 48, 'unseen', TRAINED)).toEqual([3]);
    expect(chooseWindows(STORE, 24, 'unseen', undefined)).toEqual([0, 1, 2, 4]);
  });

  it('takes another split when it is asked for, and counts what was seen of it', () => {
    expect(chooseWindows(STORE, 24, 'validation', TRAINED)).toEqual([1]);
    expect(chooseWindows(STORE, 24, 'all', TRAINED)).toEqual([0, 1, 2, 4]);
    expect(countSeen(STORE, 'all', TRAINED)).toEqual({
      chosen: { weights: 1, validation: 1, unseen: 2 },
      leftOut: { weights: 0, validation: 0, unseen: 0 },
    });
    expect(countSeen(STORE, 'unseen', TRAINED)).toMatchObject({
      chosen: { weights: 0, validation: 0, unseen: 2 },
      leftOut: { weights: 1, validation: 1 },
    });
  });

  it('takes set c as seen when the manifest names it, or counts more stays than two sets have', () => {
    for (const more of [{ stays: 6844, parts: ['set-a', 'set-c'] }, { stays: 10_200 }]) {
      const training = { datasets: [{ id: 'challenge-2012', ...more }] };
      expect(chooseWindows(STORE, 24, 'unseen', training)).toEqual([2]);
    }
  });

  it('reads no more parts of the split than it needs', () => {
    expect(partsToRead('validation', 'challenge-2012', ['set-a'], TRAINED)).toEqual(['validation']);
    expect(partsToRead('unseen', 'challenge-2012', ['set-a', 'set-b'], TRAINED)).toEqual(['test']);
    expect(partsToRead('unseen', 'challenge-2012', ['set-a', 'set-c'], TRAINED)).toHaveLength(3);
    expect(partsToRead('unseen', 'eicu-demo', undefined, TRAINED)).toHaveLength(3);
  });
});

describe('seenNotes', () => {
  it('says what was seen, and that it flatters', () => {
    const data = { id: 'challenge-2012', store: STORE, digest: '' };
    expect(seenNotes(data, 'r-1', 'all', TRAINED)[0]).toBe(
      'Seen in training: of the 4 stays here, r-1 learned its weights from 1, was stopped and calibrated by 1, and never saw 2. Figures on stays that were seen flatter.',
    );
  });

  it('counts windows of the chosen stays alone that are measured too sparsely', () => {
    const values = STORE.values.map((value, entry) => (entry < 4 || entry >= 16 ? Number.NaN : value));
    const data = { id: 'challenge-2012', store: { ...STORE, values }, digest: '' };
    const manifest = {
      ...{ releaseId: 'r-1', stage: 'candidate', signals: ['heart-rate', 'sodium'] },
      ...{ training: TRAINED, scoreFloor: { minCompleteness: 0.5, minHours: 4 } },
    } as unknown as ReleaseManifest;
    // a1 and c1 hold nothing; a1 was seen in training.
    expect(bundleNotes(data, manifest, 'unseen')[1]).toMatch(/^1 of 3 windows are measured too sparsely/);
    expect(bundleNotes(data, manifest, 'all')[1]).toMatch(/^2 of 5 windows are measured too sparsely/);
  });

  it('warns where two data sets come from the same hospital', () => {
    const data = { id: 'mimic-iv', store: storeOf([]), digest: '' };
    expect(seenNotes(data, 'r-1', 'unseen', TRAINED)[1]).toContain('the same people may be in both');
  });
});

describe('selectSignals', () => {
  it('takes signals in the order asked for, and refuses one that is not there', () => {
    const { signals, values } = selectSignals(storeOf([label('x', 'test', 'set-a'), label('y', 'test', 'set-a')]), [
      'sodium',
    ]);
    expect(signals).toEqual(['sodium']);
    expect([...values]).toEqual([2, 3, 6, 7]);
    expect(() => selectSignals(STORE, ['lactate'])).toThrow('the windows hold no lactate');
  });
});
