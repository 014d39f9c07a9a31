import type { Ops, Weights } from '#network';
import { maskedMean } from '../parts/losses.js';
import type { ImputerNetwork } from '../training/imputer-network.js';
import { normalsOf } from '../training/keyed-random.js';
import type { HiddenBatch } from '../training/window-batch.js';
import { planCsdi, type CsdiSizes } from './csdi-sizes.js';
import { quadraticSchedule, stepCode } from './noise-schedule.js';
import { predictNoise } from './predict-noise.js';
import { medianOf, sampleWindows } from './sample-windows.js';

/**
 * CSDI (Tashiro et al. 2021, "CSDI: Conditional score-based diffusion models for probabilistic time series imputation"), its own shape:
 * all layers run at each of 50 steps and for every sample. Fills gaps with the median of `samples` draws.
 *
 * Loss: squared error of the noise at hidden entries, at one random step a window.
 */
export function csdi(sizes: CsdiSizes, samples: number): ImputerNetwork {
  if (!Number.isInteger(samples) || samples < 1)
    throw new RangeError(`CSDI was asked for ${samples} samples; expected a whole number of at least 1`);
  return {
    id: 'csdi',
    stopsBy: 'loss',
    plan: (size) => planCsdi(sizes, size),
    loss: (ops, weights, batch, random) => csdiLoss(ops, weights, sizes, batch, random),
    estimate: (runtime, weights, batch, random) => {
      const draws = Array.from({ length: samples }, () => sampleWindows(runtime, weights, sizes, batch, random));
      return { values: medianOf(draws), samples: draws };
    },
  };
}

function csdiLoss<T>(ops: Ops<T>, weights: Weights<T>, sizes: CsdiSizes, batch: HiddenBatch, random: () => number): T {
  const { count, signals, hours } = batch;
  const { kept } = quadraticSchedule();
  const grid = [count, signals, hours];
  // one step from each equal part: every batch sees early and late ones
  const steps = Array.from({ length: count }, (_, row) => Math.floor(((row + random()) / count) * kept.length));
  const noise = normalsOf(random, batch.truth.length);
  const noisy = batch.truth.map((value, entry) => {
    const left = kept[steps[Math.floor(entry / (signals * hours))]!]!;
    return Math.sqrt(left) * value + Math.sqrt(1 - left) * noise[entry]!;
  });
  const codes = new Float32Array(count * sizes.stepEmbedding);
  steps.forEach((step, row) => codes.set(stepCode(step, sizes.stepEmbedding), row * sizes.stepEmbedding));
  const found = predictNoise(ops, weights, sizes, batch, {
    values: ops.constant(batch.values, grid),
    mask: ops.constant(batch.mask, grid),
    noisy: ops.constant(noisy, grid),
    step: ops.constant(codes, [count, sizes.stepEmbedding]),
  });
  const error = ops.square(ops.subtract(found, ops.constant(noise, grid)));
  return maskedMean(ops, error, ops.constant(batch.hidden, grid), [0, 1, 2]);
}
