import { beforeAll, describe, expect, it } from '@jest/globals';
import { TensorRuntime, type Tensor } from '#engine';
import { initialWeights, NETWORK_PRESETS, type HyperParameters, type NetworkWeights } from '#network';
import { noiseLevel } from '../diffusion/velocity.js';
import { hoursSinceObserved } from '../hours-since-observed.js';
import { encodeStatistics } from '../normalisation/statistics-encoder.js';
import { keyedNormals } from '../noise/keyed-normals.js';
import { pairShares } from './contrastive-loss.js';
import { jointLoss, PUBLISHED_LOSS_WEIGHTS, type JointBatch, type JointLossOptions } from './joint-loss.js';

const HYPER: HyperParameters = { ...NETWORK_PRESETS.tiny, signals: 3, hours: 6, staticSize: 2, statistics: 9 };
const BATCH = 4;
const SIZE = BATCH * HYPER.signals * HYPER.hours;
const LABELS = [1, 0, 0, 1];
/** Gradients take seconds on an idle machine without native TensorFlow, and much longer on a busy one. */
const PATIENT_MS = 120_000;

/** Initial weights, moved so that no zero start (the last projection) stops a gradient. */
function stirredWeights(): NetworkWeights {
  const draws = keyedNormals('stirred', 50_000);
  let next = 0;
  const weights = initialWeights(HYPER, () => Math.abs(draws[next++]!) % 1);
  for (const array of Object.values(weights)) array.values = array.values.map((value) => value + 0.1 * draws[next++]!);
  return weights;
}

function batchOf(runtime: TensorRuntime, change: { hideAll?: boolean } = {}): JointBatch<Tensor> {
  const draws = keyedNormals('values', SIZE);
  const mask = draws.map((draw) => Number(draw > 0));
  const hidden = mask.map((measured, entry) => (entry % 3 === 0 || change.hideAll === true ? measured : 0));
  const grid = [BATCH, HYPER.signals, HYPER.hours];
  const levels = [0.2, 0.4, 0.6, 0.8].map(noiseLevel);
  const tensor = (values: ArrayLike<number>, shape: number[]): Tensor =>
    runtime.tensor(Float32Array.from(values), shape);
  const { alike, different } = pairShares(LABELS);
  const keepAll = (units: number): Tensor => tensor(new Float32Array(BATCH * units).fill(1), [BATCH, units]);
  return {
    values: tensor(
      draws.map((draw, entry) => draw * mask[entry]!),
      grid,
    ),
    mask: tensor(mask, grid),
    hidden: tensor(hidden, grid),
    riskMask: tensor(mask, grid),
    hoursSince: tensor(hoursSinceObserved(mask, HYPER.hours), grid),
    visibleHoursSince: tensor(hoursSinceObserved(mask, HYPER.hours), grid),
    statistics: tensor(encodeStatistics(draws, mask, HYPER.hours), [BATCH, HYPER.signals, HYPER.statistics]),
    static: tensor(keyedNormals('static', BATCH * 2), [BATCH, 2]),
    noise: tensor(keyedNormals('noise', SIZE), [BATCH, 1, HYPER.signals, HYPER.hours]),
    unmeasured: tensor(keyedNormals('unmeasured', SIZE), [BATCH, 1, HYPER.signals, HYPER.hours]),
    step: tensor([0.2, 0.4, 0.6, 0.8], [BATCH, 1]),
    alpha: tensor(
      levels.map(({ alpha }) => alpha),
      [BATCH, 1, 1, 1],
    ),
    sigma: tensor(
      levels.map(({ sigma }) => sigma),
      [BATCH, 1, 1, 1],
    ),
    targets: tensor(LABELS, [BATCH]),
    pairs: { alike: tensor(alike, [BATCH, BATCH]), different: tensor(different, [BATCH, BATCH]) },
    dropoutMask: keepAll(HYPER.risk.lstmUnits),
    statisticMask: keepAll(HYPER.risk.statisticUnits),
  };
}

describe('jointLoss', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load();
  });

  const detach = (tensor: Tensor): Tensor => runtime.tensor(runtime.read(tensor), runtime.shapeOf(tensor));

  /** Largest absolute gradient among the weights whose name starts with the prefix. */
  function largestGradient(options: Omit<JointLossOptions<Tensor>, 'detach'>, prefix: string): number {
    const trainer = runtime.adam(stirredWeights());
    const batch = batchOf(runtime);
    const { gradients } = trainer.gradients((weights) => ({
      loss: jointLoss(runtime.ops, weights, HYPER, batch, { ...options, detach }).loss,
    }));
    trainer.dispose();
    const chosen = Object.entries(gradients).filter(([name]) => name.startsWith(prefix));
    expect(chosen.length).toBeGreaterThan(0);
    return Math.max(...chosen.flatMap(([, { values }]) => [...values].map(Math.abs)));
  }

  it(
    'carries the gradient of the mortality loss alone through the imputed values into denoiser and encoder',
    () => {
      const mortalityAlone = { imputation: 0, mortality: 1, contrastive: 0 };
      for (const prefix of ['denoiser.layer0.qkv', 'imputer.spread', 'imputer.hours', 'risk.lstm1', 'risk.statistics1'])
        expect(largestGradient(mortalityAlone, prefix)).toBeGreaterThan(1e-8);
    },
    PATIENT_MS,
  );

  it(
    'gives denoiser and encoder exactly no mortality gradient when the path is cut',
    () => {
      const cut = { imputation: 0, mortality: 1, contrastive: 0, mortalityReachesImputer: false };
      expect(largestGradient(cut, 'denoiser.')).toBe(0);
      expect(largestGradient(cut, 'imputer.')).toBe(0);
      expect(largestGradient(cut, 'risk.lstm1')).toBeGreaterThan(1e-8);
    },
    PATIENT_MS,
  );

  it(
    'gives the risk network no imputation gradient',
    () => {
      const imputationAlone = { imputation: 1, mortality: 0, contrastive: 0 };
      expect(largestGradient(imputationAlone, 'risk.')).toBe(0);
      expect(largestGradient(imputationAlone, 'denoiser.')).toBeGreaterThan(1e-8);
    },
    PATIENT_MS,
  );

  it(
    'is the published weighting of its parts',
    () => {
      const trainer = runtime.adam(stirredWeights());
      const [loss, imputation, mortality, contrastive] = trainer.evaluate((weights) => {
        const joint = jointLoss(runtime.ops, weights, HYPER, batchOf(runtime), { ...PUBLISHED_LOSS_WEIGHTS, detach });
        return [joint.loss, joint.imputation, joint.mortality, joint.contrastive].map((part) => runtime.read(part)[0]!);
      }) as [number, number, number, number];
      trainer.dispose();
      expect(loss).toBeCloseTo(0.4 * imputation + 0.4 * mortality + 0.2 * contrastive, 5);
    },
    PATIENT_MS,
  );

  it(
    'learns: on one small batch every part of the loss falls',
    () => {
      const trainer = runtime.adam(stirredWeights(), { learningRate: 0.02 });
      const batch = batchOf(runtime, { hideAll: true });
      const step = (): Record<string, Float32Array> =>
        trainer.step((weights) => {
          const { batchStatistics, ...joint } = jointLoss(runtime.ops, weights, HYPER, batch, {
            ...PUBLISHED_LOSS_WEIGHTS,
            detach,
          });
          return { loss: joint.loss, report: { ...joint, mean: batchStatistics.mean } };
        }).report;
      const first = step();
      let last = first;
      for (let repeat = 0; repeat < 12; repeat++) last = step();
      trainer.dispose();
      for (const part of ['imputation', 'mortality', 'contrastive'])
        expect(last[part]![0]!).toBeLessThan(first[part]![0]!);
    },
    PATIENT_MS,
  );
});
