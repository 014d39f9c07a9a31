import type { Tensor, TensorRuntime } from '#engine';
import type { Weights } from '#network';
import { normalsOf } from '../training/keyed-random.js';
import type { WindowBatch } from '../training/window-batch.js';
import type { CsdiSizes } from './csdi-sizes.js';
import { quadraticSchedule, stepCode } from './noise-schedule.js';
import { predictNoise } from './predict-noise.js';

/**
 * Draws one complete window for each of a batch: from noise alone, step by step, by the ancestral sampler of Ho, Jain and Abbeel 2020,
 * as CSDI does. Only plain numbers are kept between steps.
 * @returns [batch, signal, hour]
 */
export function sampleWindows(
  runtime: TensorRuntime,
  weights: Weights<Tensor>,
  sizes: CsdiSizes,
  batch: WindowBatch,
  random: () => number,
): Float32Array {
  const { ops } = runtime;
  const { beta, kept } = quadraticSchedule();
  const grid = [batch.count, batch.signals, batch.hours];
  let current = normalsOf(random, batch.values.length);
  for (let step = beta.length - 1; step >= 0; step--) {
    const noise = runtime.scope(() =>
      runtime.read(
        predictNoise(ops, weights, sizes, batch, {
          values: ops.constant(batch.values, grid),
          mask: ops.constant(batch.mask, grid),
          noisy: ops.constant(current, grid),
          step: ops.constant(stepCode(step, sizes.stepEmbedding), [1, sizes.stepEmbedding]),
        }),
      ),
    );
    const [added, left] = [beta[step]!, kept[step]!];
    const before = step === 0 ? 1 : kept[step - 1]!;
    const spread = step === 0 ? 0 : Math.sqrt(((1 - before) / (1 - left)) * added);
    const fresh = step === 0 ? undefined : normalsOf(random, current.length);
    const noiseShare = added / Math.sqrt(1 - left);
    current = current.map(
      (value, at) => (value - noiseShare * noise[at]!) / Math.sqrt(1 - added) + spread * (fresh?.[at] ?? 0),
    );
  }
  return current;
}

/** The middle of the draws of each entry; of an even number, the mean of the two in the middle. */
export function medianOf(samples: readonly Float32Array[]): Float32Array {
  const middle = (samples.length - 1) / 2;
  return Float32Array.from(samples[0] ?? [], (_, entry) => {
    const draws = samples.map((sample) => sample[entry]!).sort((a, b) => a - b);
    return (draws[Math.floor(middle)]! + draws[Math.ceil(middle)]!) / 2;
  });
}
