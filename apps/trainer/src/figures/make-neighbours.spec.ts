import { SIGNAL_SETS } from '#clinical';
import { RiskScorer } from '#model';
import { fitScales, WindowEncoder, type WindowLabel, type WindowStore } from '#training';
import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { hyperParametersFor } from '../release/released-sizes.js';
import { writeUntrained } from '../release/write-untrained.js';
import { makeNeighbours } from './make-neighbours.js';

const SIGNALS = SIGNAL_SETS['paper-11'];
const HOURS = 24;

/** Eight stays with two windows each; six are of the training part, and two of these died. */
function storeOf(): WindowStore {
  const labels = Array.from({ length: 16 }, (_, index): WindowLabel => {
    const stay = Math.floor(index / 2);
    return {
      ...{ datasetId: 'made-up', stayId: `s${stay}`, patientId: `p${stay}`, hoursSinceAdmission: 12 + index },
      ...{ part: stay < 6 ? 'train' : 'validation', died: stay < 2 || stay === 7, static: { ageYears: 60 + stay } },
    };
  });
  const values = Float32Array.from({ length: 16 * SIGNALS.length * HOURS }, (_, entry) =>
    entry % 3 === 0 ? 70 + (entry % 41) : Number.NaN,
  );
  return { signals: SIGNALS, hours: HOURS, labels, values };
}

describe('makeNeighbours', () => {
  it('keeps one window of each training stay with its outcome, drawn by seed, by the first risk network', async () => {
    await using folder = await temporaryFolder();
    const directory = join(folder.path, 'r-1');
    const hyper = hyperParametersFor({ signals: 'paper-11', sizes: 'tiny', members: 2, dropout: 0.2 });
    await writeUntrained(directory, 'r-1', 'paper-11', hyper, 5);
    const scorer = await RiskScorer.load(directory, { engine: 'onnx-cpu' });
    const store = storeOf();
    const encoder = new WindowEncoder(store, fitScales(store));
    const made = (seed: number): ReturnType<typeof makeNeighbours> =>
      makeNeighbours(scorer, encoder, seed, new AbortController().signal);
    const neighbours = await made(1);
    expect(neighbours.width).toBe(hyper.risk.embedding);
    expect(neighbours.stays).toBe(6);
    expect(neighbours.nearest(new Float32Array(neighbours.width), 6)).toEqual({ stays: 6, died: 2 });
    expect((await made(1)).encode()).toEqual(neighbours.encode());
    expect((await made(2)).encode()).not.toEqual(neighbours.encode());
    await expect(makeNeighbours(scorer, encoder, 1, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    await scorer.close();
  });
});
