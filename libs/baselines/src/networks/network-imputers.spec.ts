import { TensorRuntime } from '#engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { fitOptions } from './fit-options-of-specs.js';
import { madeUpWindows } from './made-up-windows.js';
import {
  createNetworkImputer,
  NETWORK_IMPUTER_IDS,
  type NetworkImputerId,
  type NetworkImputerOptions,
} from './network-methods.js';

const HOURS = 4;
/** Seconds on an idle machine, and much longer on a busy one. */
const PATIENT_MS = 180_000;

const test = madeUpWindows('test', 48, HOURS);
/** One in three entries of the first signal is hidden; the second signal, its mirror, is shown. */
const hidden = test.mask.map((_, entry) => Number(entry % (2 * HOURS) < HOURS && entry % 3 === 0));
const shown = { ...test, mask: test.mask.map((measured, entry) => measured - hidden[entry]!) };

/** Root mean squared error at hidden entries, beside that of the mean (0). */
function errorBesideMean(values: Float32Array): number {
  const sumOver = (error: (entry: number) => number): number =>
    hidden.reduce((sum, one, entry) => sum + one * error(entry) ** 2, 0);
  return Math.sqrt(sumOver((entry) => values[entry]! - test.values[entry]!) / sumOver((entry) => test.values[entry]!));
}

/** Passes that are enough to see the mirror. */
const EPOCHS: Record<NetworkImputerId, number> = { brits: 6, remasker: 11, saits: 4, csdi: 12 };
const QUICK: NetworkImputerOptions = { size: 'tiny', learningRates: [0.02], batchSize: 16, samples: 3 };

describe('imputing networks', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('wasm');
  });
  const optionsOf = fitOptions(() => runtime);

  it.each(NETWORK_IMPUTER_IDS)(
    '%s finds a hidden value in the signal that mirrors it, keeps what was measured, and frees its tensors',
    async (id) => {
      const before = runtime.memory().tensors;
      const imputer = createNetworkImputer(id, QUICK);
      const training = madeUpWindows('training', 256, HOURS);
      await imputer.fit(training, madeUpWindows('validation', 32, HOURS), optionsOf({ epochs: EPOCHS[id] }));
      const { values, samples } = await imputer.impute(shown);
      expect(imputer.id).toBe(id);
      expect(errorBesideMean(values)).toBeLessThan(0.6);
      for (const one of [values, ...(samples ?? [])])
        one.forEach((value, entry) => {
          if (shown.mask[entry] === 1) expect(value).toBe(test.values[entry]);
        });
      imputer.dispose();
      expect(runtime.memory().tensors).toBe(before);
    },
    PATIENT_MS,
  );

  it.each(NETWORK_IMPUTER_IDS)(
    '%s gives the same for the same seed, another answer for another seed, and never looks at hidden values',
    async (id) => {
      const fitted = async (seed: number, grid: typeof shown): Promise<Float32Array> => {
        const imputer = createNetworkImputer(id, { ...QUICK, samples: 1 });
        const training = madeUpWindows('training', 32, HOURS, 0.7);
        await imputer.fit(training, madeUpWindows('validation', 8, HOURS, 0.7), optionsOf({ seed }));
        return (await imputer.impute(grid)).values;
      };
      const once = await fitted(3, shown);
      const noisy = { ...shown, values: shown.values.map((value, entry) => (shown.mask[entry] === 1 ? value : 9)) };
      const again = await fitted(3, noisy);
      const other = await fitted(4, shown);
      again.forEach((value, entry) => expect(value).toBeCloseTo(once[entry]!, 4));
      expect(other.some((value, entry) => Math.abs(value - once[entry]!) > 1e-2)).toBe(true);
    },
    PATIENT_MS,
  );

  it('gives draws where the method has any, and the median of them', async () => {
    const imputer = createNetworkImputer('csdi', { ...QUICK, samples: 3 });
    const small = madeUpWindows('training', 16, HOURS);
    await imputer.fit(small, small, optionsOf({ epochs: 1 }));
    const { values, samples } = await imputer.impute(shown);
    expect(samples).toHaveLength(3);
    const entry = hidden.indexOf(1);
    expect(values[entry]).toBe(samples!.map((sample) => sample[entry]!).sort((a, b) => a - b)[1]);
  });

  it('refuses what cannot be done, and says what to do', async () => {
    const imputer = createNetworkImputer('saits', QUICK);
    await expect(imputer.impute(shown)).rejects.toThrow('saits has not been fitted; call fit before impute');
    await expect(imputer.fit(test, test, { seed: 1, epochs: 1, patience: 1 })).rejects.toThrow(
      'saits is a network and needs a runtime',
    );
    await imputer.fit(test, test, optionsOf({ epochs: 1 }));
    await expect(imputer.impute(madeUpWindows('other', 2, 6))).rejects.toThrow(
      'fitted on windows of 2 signals by 4 hours with 1 static numbers; these are of 2 signals by 6 hours',
    );
    const remasker = createNetworkImputer('remasker', QUICK);
    const odd = madeUpWindows('odd', 2, 5);
    await expect(remasker.fit(odd, odd, optionsOf({}))).rejects.toThrow('5 hours cannot be cut into patches of 2');
    expect(() => createNetworkImputer('csdi', { samples: 0 })).toThrow(
      '0 samples; expected a whole number of at least 1',
    );
  });
});
