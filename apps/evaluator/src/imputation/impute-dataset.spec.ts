import { createImputer } from '#baselines';
import { fitScales, type WindowStore } from '#training';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { FitContext } from '../fits/fit-context.js';
import { Session } from '../session.js';
import { testMethods } from '../test-methods.js';
import { contextOf, optionsIn } from '../test-run.js';
import type { ImputationTask } from './impute-cell.js';
import { imputeDataset } from './impute-dataset.js';

const STORE: WindowStore = {
  signals: ['heart-rate'],
  hours: 4,
  labels: [0, 1].map((stay) => ({
    ...{ datasetId: 'd', stayId: `s${stay}`, patientId: `p${stay}`, part: 'test' as const },
    ...{ hoursSinceAdmission: 24, died: false, static: {} },
  })),
  values: Float32Array.of(60, 70, 80, 90, 100, 90, 80, 70),
};

describe('imputeDataset', () => {
  it('computes the cells of a bundle anew on another engine, whose errors and cost are others', async () => {
    await using folder = await temporaryFolder();
    const options = await optionsIn(folder.path, 'imputation', '--methods', 'mtdm');
    const linesOn = async (engine: string): Promise<string[]> => {
      const printed: string[] = [];
      const session = new Session(options, contextOf(testMethods(), printed));
      const task: ImputationTask = {
        ...{ data: { id: 'd', store: STORE, digest: '' }, store: STORE, scales: fitScales(STORE) },
        ...{ training: [], validation: [], measured: [0, 1], methods: ['mtdm'], hidings: ['50'], bundle: undefined },
        engine,
      };
      await imputeDataset(session, new FitContext(session), task, () => createImputer('zero'));
      return printed.filter((line) => line.startsWith('impute: '));
    };
    expect(await linesOn('onnx-cpu')).toHaveLength(1);
    expect(await linesOn('onnx-cpu')).toHaveLength(0);
    expect(await linesOn('onnx-cuda')).toHaveLength(1);
    expect(await linesOn('onnx-cuda')).toHaveLength(0);
  });
});
