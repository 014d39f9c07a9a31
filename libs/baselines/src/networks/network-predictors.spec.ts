import { TensorRuntime } from '#engine';
import { areaUnderRoc } from '#evaluation';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { fitOptions } from './fit-options-of-specs.js';
import { madeUpWindows } from './made-up-windows.js';
import { createNetworkPredictor, NETWORK_PREDICTOR_IDS, type NetworkPredictorOptions } from './network-methods.js';

const HOURS = 5;
/** Seconds on an idle machine, and much longer on a busy one. */
const PATIENT_MS = 180_000;
const QUICK: NetworkPredictorOptions = { size: 'tiny', learningRates: [0.02], batchSize: 32 };

describe('predicting networks', () => {
  const test = madeUpWindows('test', 64, HOURS);
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('wasm');
  });
  const optionsOf = fitOptions(() => runtime);

  it.each(NETWORK_PREDICTOR_IDS)(
    '%s tells a rising trend from a falling one, as a probability, and frees its tensors',
    async (id) => {
      const before = runtime.memory().tensors;
      const predictor = createNetworkPredictor(id, QUICK);
      const training = madeUpWindows('training', 256, HOURS);
      await predictor.fit(training, madeUpWindows('validation', 64, HOURS), optionsOf({ epochs: 5 }));
      const risks = await predictor.predict(test);
      expect(predictor.id).toBe(id);
      expect(risks).toHaveLength(test.count);
      risks.forEach((risk) => expect(risk >= 0 && risk <= 1).toBe(true));
      expect(areaUnderRoc(risks, test.labels)).toBeGreaterThan(0.9);
      predictor.dispose();
      expect(runtime.memory().tensors).toBe(before);
    },
    PATIENT_MS,
  );

  const fitted = async (
    id: (typeof NETWORK_PREDICTOR_IDS)[number],
    grid: typeof test,
    seed = 3,
  ): Promise<Float32Array> => {
    const predictor = createNetworkPredictor(id, QUICK);
    const training = madeUpWindows('training', 32, HOURS, 0.7);
    await predictor.fit(training, training, optionsOf({ seed }));
    return predictor.predict(grid);
  };

  it.each(NETWORK_PREDICTOR_IDS)('%s gives the same for the same seed', async (id) => {
    const [once, again] = [await fitted(id, test), await fitted(id, test)];
    again.forEach((risk, window) => expect(risk).toBeCloseTo(once[window]!, 5));
  });

  it.each([
    ['lstm', true],
    ['transformer', true],
    ['siamese', true],
    ['gru-d', false],
    ['brits-joint', false],
  ] as const)('%s looks at imputed values: %s', async (id, looks) => {
    const gaps = madeUpWindows('gaps', 8, HOURS, 0.6);
    const imputed = { ...gaps, values: gaps.values.map((value, entry) => (gaps.mask[entry] === 1 ? value : 2)) };
    const [empty, filled] = [await fitted(id, gaps), await fitted(id, imputed)];
    expect(filled.some((risk, window) => Math.abs(risk - empty[window]!) > 1e-4)).toBe(looks);
  });

  it('stops by chance alone where validation windows have one outcome', async () => {
    const predictor = createNetworkPredictor('lstm', QUICK);
    const small = madeUpWindows('training', 32, HOURS);
    const survivors = { ...small, labels: new Float32Array(small.count) };
    const told: string[] = [];
    await predictor.fit(small, survivors, optionsOf({ epochs: 1, onProgress: (_share, text) => told.push(text) }));
    expect(told).toEqual(['epoch 1 of 1: validation AUROC 0.5000']);
  });

  it('refuses to predict before it has learned', async () => {
    for (const id of ['gru-d', 'siamese-neighbours'] as const)
      await expect(createNetworkPredictor(id).predict(test)).rejects.toThrow(`${id} has not been fitted; call fit`);
  });
});
