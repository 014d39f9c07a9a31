import { beforeAll, describe, expect, it } from '@jest/globals';
import { TensorRuntime } from '#engine';
import { encodeSafetensors, STATIC_FEATURES, STATISTIC_FEATURES } from '#model';
import type { HyperParameters } from '#network';
import { isTrained } from './bench-weights.js';
import { madeUpWindows } from './made-up-windows.js';
import { measureSteps } from './measure-steps.js';
import { askPyTorch } from './pytorch-peer.js';
import { batchArrays, jointCase, rateOf, riskCase, type TrainingCase } from './training-case.js';

const WINDOWS = 8;
const HYPER: HyperParameters = {
  signals: 2,
  hours: 24,
  staticSize: STATIC_FEATURES.length,
  statistics: STATISTIC_FEATURES.length,
  imputer: { channels: 2, heads: 1, feedForward: 2, hourLayers: 1, signalLayers: 1, refineLayers: 1 },
  denoiser: { channels: 2, heads: 1, feedForward: 2, layers: 1, stepEmbedding: 4 },
  risk: { members: 1, lstmUnits: 3, statisticUnits: 3, embedding: 3, dropout: 0.2 },
};

describe('what a training is measured on', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('wasm');
  });

  const made = (kind: typeof jointCase): TrainingCase =>
    kind(runtime, HYPER, madeUpWindows(WINDOWS, ['heart-rate', 'lactate']));

  it.each([
    ['joint', jointCase],
    ['risk', riskCase],
  ] as const)('is the same at every making (%s), and every trained array takes part', (name, kind) => {
    const [first, second] = [made(kind), made(kind)];
    expect(first.name).toBe(name);
    expect(encodeSafetensors(first.weights)).toEqual(encodeSafetensors(second.weights));
    const bytes = encodeSafetensors(batchArrays(runtime, first.batch));
    expect(bytes).toEqual(encodeSafetensors(batchArrays(runtime, second.batch)));

    const { parts, losses, gradientNorm } = measureSteps(runtime, first, { warmUp: 1, measured: 1 });
    const { loss, imputation = 0, mortality, contrastive } = parts;
    expect(loss).toBeCloseTo(0.4 * imputation + 0.4 * mortality! + 0.05 * contrastive!, 5);
    expect(losses).toEqual([loss]);

    const trainer = runtime.adam(second.weights, second.adam);
    const again = trainer.gradients(second.lossOf(second.batch));
    trainer.dispose();
    expect([again.loss, again.gradientNorm]).toEqual([loss, gradientNorm]);
    const moved = Object.keys(again.gradients).filter((array) => again.gradients[array]!.values.some((by) => by !== 0));
    const trained = Object.keys(second.weights).filter(isTrained);
    expect(moved.sort()).toEqual(trained.sort());
    expect(trained.filter((array) => rateOf(second, array) === 0)).toEqual([]);
  });

  it('tells of a Python that is not there', () => {
    const answer = askPyTorch(runtime, [], { python: './no-such-python', threads: 1, steps: 1 });
    expect(answer).toMatchObject({ kind: 'absent', why: expect.stringContaining('./no-such-python') });
  });
});
