import { SIGNAL_SETS } from '#clinical';
import type { WindowStore } from '#training';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { Session } from '../session.js';
import { testMethods } from '../test-methods.js';
import { contextOf, optionsIn } from '../test-run.js';
import { imputationTask } from './imputation-task.js';

const SIGNALS = SIGNAL_SETS['icu-36'];
const HOURS = 2;

/** One stay of each part, measured at every hour. */
const STORE: WindowStore = {
  signals: SIGNALS,
  hours: HOURS,
  labels: (['train', 'validation', 'test'] as const).map((part) => ({
    ...{ datasetId: 'challenge-2012', stayId: part, patientId: part, part },
    ...{ hoursSinceAdmission: 24, died: false, static: {} },
  })),
  values: new Float32Array(3 * SIGNALS.length * HOURS).fill(5),
};

describe('imputationTask', () => {
  it('shows and asks for no value that the data set computed from another one', async () => {
    await using folder = await temporaryFolder();
    const options = await optionsIn(folder.path, 'imputation');
    const session = new Session(options, contextOf(testMethods(), []));
    const { store } = imputationTask(session, { id: 'challenge-2012', store: STORE, digest: '' }, ['mean'], undefined);
    const rowOf = (signal: (typeof SIGNALS)[number]): number[] => {
      const first = SIGNALS.indexOf(signal) * HOURS;
      return [...store.values.subarray(first, first + HOURS)];
    };
    expect(rowOf('haemoglobin')).toEqual([NaN, NaN]);
    expect(rowOf('spo2')).toEqual([NaN, NaN]);
    expect(rowOf('haematocrit')).toEqual([5, 5]);
  });
});
