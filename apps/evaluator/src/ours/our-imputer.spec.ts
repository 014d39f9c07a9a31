import type { FitOptions, OutcomeGrid } from '#baselines';
import { TensorRuntime } from '#engine';
import { randomOf } from '#training';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import type { OurFitSettings } from './fit-ours.js';
import { gridSource, type Side } from './grid-source.js';
import { OurImputer } from './our-imputer.js';

const HOURS = 4;
const SIZE = 2 * HOURS;
/** Seconds on an idle machine, and much longer on a busy one. */
const PATIENT_MS = 180_000;

/** Windows of two signals, the second the first with its sign turned; one entry in four is missing. */
function mirrored(key: string, count: number): OutcomeGrid {
  const random = randomOf(key);
  const values = new Float32Array(count * SIZE);
  for (let window = 0; window < count; window++)
    for (let hour = 0; hour < HOURS; hour++) {
      const value = 2 * random() - 1;
      values[window * SIZE + hour] = value;
      values[window * SIZE + HOURS + hour] = -value;
    }
  const mask = values.map(() => Number(random() < 0.75));
  return {
    ...{ count, hours: HOURS, staticSize: 1, signalIds: ['HR', 'K'], mask, values },
    static: new Float32Array(count),
    stored: values.map((value, entry) => (mask[entry] === 1 ? value : Number.NaN)),
    stays: Array.from({ length: count }, () => ({ static: {}, hoursSinceAdmission: HOURS })),
    labels: Float32Array.from({ length: count }, (_, window) => window % 2),
  };
}

describe('our imputer fitted on the windows at hand', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('wasm');
  });
  const settings = (folder: string, change: Partial<OurFitSettings> = {}): OurFitSettings => ({
    ...{ preset: 'honest', sizes: 'tiny', batchSize: 16, learningRates: [1e-3], folder },
    nowMs: () => 0,
    signal: new AbortController().signal,
    ...change,
  });
  const options = (change: Partial<FitOptions> = {}): FitOptions => ({
    ...{ seed: 3, epochs: 2, patience: 9, runtime },
    ...change,
  });

  it(
    'keeps what was measured, draws as many samples as asked for, and says the rate that it chose',
    async () => {
      await using folder = await temporaryFolder();
      const imputer = new OurImputer(settings(folder.path, { learningRates: [1e-6, 0.02] }), { steps: 2, samples: 3 });
      const told: string[] = [];
      await imputer.fit(
        mirrored('training', 32),
        mirrored('validation', 16),
        options({ epochs: 4, onProgress: (_share, text) => told.push(text) }),
      );
      expect(imputer.chosen).toEqual({ 'learning rate': 0.02 });
      expect(told.filter((text) => text.startsWith('trial of rate'))).toHaveLength(2);
      const test = mirrored('test', 8);
      const { values, samples } = await imputer.impute(test);
      expect(samples).toHaveLength(3);
      for (const one of [values, ...samples!])
        one.forEach((value, entry) => {
          if (test.mask[entry] === 1) expect(value).toBe(test.values[entry]);
          else expect(Number.isFinite(value)).toBe(true);
        });
      expect(await readdir(folder.path)).toEqual([]);
    },
    PATIENT_MS,
  );

  it(
    'goes on from the checkpoint of a training that was stopped, and ends as if it had not been',
    async () => {
      await using folder = await temporaryFolder();
      const sides = [mirrored('training', 32), mirrored('validation', 8)] as const;
      const whole = new OurImputer(settings(folder.path), { steps: 1, samples: 1 });
      await whole.fit(...sides, options());
      const abort = new AbortController();
      const stopped = new OurImputer(settings(folder.path, { signal: abort.signal }), { steps: 1, samples: 1 });
      const stopAfterFirst = options({ onProgress: () => abort.abort(new Error('the night is over')) });
      await expect(stopped.fit(...sides, stopAfterFirst)).rejects.toThrow('the night is over');
      expect(await readdir(folder.path)).toHaveLength(1);
      const resumed = new OurImputer(settings(folder.path), { steps: 1, samples: 1 });
      const epochs: string[] = [];
      await resumed.fit(...sides, options({ onProgress: (_share, text) => epochs.push(text.slice(0, 12)) }));
      expect(epochs).toEqual(['epoch 2 of 2']);
      const test = mirrored('test', 4);
      expect((await resumed.impute(test)).values).toEqual((await whole.impute(test)).values);
    },
    PATIENT_MS,
  );

  it(
    'starts anew where the same windows come on another scale',
    async () => {
      await using folder = await temporaryFolder();
      const sides = [mirrored('training', 32), mirrored('validation', 8)] as const;
      const abort = new AbortController();
      const stopped = new OurImputer(settings(folder.path, { signal: abort.signal }), { steps: 1, samples: 1 });
      const stopAfterFirst = options({ onProgress: () => abort.abort(new Error('stopped')) });
      await expect(stopped.fit(...sides, stopAfterFirst)).rejects.toThrow('stopped');
      const doubled = (side: OutcomeGrid): OutcomeGrid => ({ ...side, values: side.values.map((value) => 2 * value) });
      const epochs: string[] = [];
      const other = new OurImputer(settings(folder.path), { steps: 1, samples: 1 });
      await other.fit(
        doubled(sides[0]),
        doubled(sides[1]),
        options({ onProgress: (_share, text) => epochs.push(text.slice(0, 12)) }),
      );
      expect(epochs).toEqual(['epoch 1 of 2', 'epoch 2 of 2']);
    },
    PATIENT_MS,
  );

  it('needs outcomes in the published recipe, a runtime, and a fit before it imputes', async () => {
    const withoutOutcomes: Side = { ...mirrored('training', 16), labels: undefined };
    const paper = new OurImputer(settings('not used', { preset: 'paper' }), { steps: 1, samples: 1 });
    await expect(paper.fit(withoutOutcomes, withoutOutcomes, options())).rejects.toThrow('the windows have none');
    const bare = { seed: 3, epochs: 2, patience: 9 };
    await expect(paper.fit(mirrored('a', 16), mirrored('b', 4), bare)).rejects.toThrow('need a runtime');
    await expect(paper.impute(mirrored('c', 1))).rejects.toThrow('has not been fitted');
  });
});

describe('a grid as our training reads it', () => {
  it('names stays by side, hides what an imputer put into gaps, and keeps outcomes', () => {
    const grid = mirrored('grid', 3);
    const named = { ...grid, stays: grid.stays.map((stay) => ({ ...stay, stayId: 's1' })) };
    const { store, encode } = gridSource(['train', named], ['validation', grid]);
    expect(store.labels.map(({ part, stayId, died }) => [part, stayId, died])).toEqual([
      ['train', 's1', false],
      ['train', 's1', true],
      ['train', 's1', false],
      ['validation', 'window 0', false],
      ['validation', 'window 1', true],
      ['validation', 'window 2', false],
    ]);
    const { values, mask } = encode(4);
    values.forEach((value, entry) => expect(value).toBe(mask[entry] === 1 ? grid.values[SIZE + entry] : 0));
    const ofOnePatient = {
      ...grid,
      stays: named.stays.map((stay, row) => ({ ...stay, stayId: `s${row}`, patientId: 'p1' })),
    };
    const { labels } = gridSource(['train', ofOnePatient]).store;
    // A teacher draws its folds by patient: stays of one patient must not teach each other.
    expect(labels.map(({ stayId, patientId }) => [stayId, patientId])).toEqual([
      ['s0', 'p1'],
      ['s1', 'p1'],
      ['s2', 'p1'],
    ]);
    expect(store.values.slice(4 * SIZE, 5 * SIZE)).toEqual(grid.stored.slice(SIZE, 2 * SIZE));
  });
});
