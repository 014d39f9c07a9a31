import type { HyperParameters } from './hyper-parameters.js';
import { linearLayer } from './linear-layer.js';
import type { Ops } from './ops.js';
import { transformerLayer } from './transformer-layer.js';
import type { Weights } from './weights.js';

/** A batch of windows on their way from noise to residuals, several samples of each. */
export interface NoisyWindows<T> {
  /** [batch, sample, signal, hour] noisy residuals (value − center) / spread; what lies under the mask is not looked at */
  noisy: T;
  /** [batch, signal, hour] 1 measured, 0 to be imputed */
  mask: T;
  /** [batch, hour, channels], from `encodeWindow` */
  context: T;
  /** How far the noise has gone, 0 (clean) to 1 (noise alone): [batch, sample], or [1, 1] for all alike */
  step: T;
}

/**
 * Predicts the velocity v = α·noise − σ·clean of each residual (Salimans and Ho 2022), of which noise and clean residual are linear
 * functions. A velocity of 0 draws independent standard normal residuals: the network adds their shape and their dependence.
 * @returns [batch, sample, signal, hour]
 */
export function predictVelocity<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  { noisy, mask, context, step }: NoisyWindows<T>,
): T {
  const { signals, hours, denoiser } = hyper;
  const missing = ops.expandDims(ops.offset(ops.scale(mask, -1), 1), 1);
  const byHour = ops.transpose(ops.multiply(noisy, missing), [0, 1, 3, 2]);
  const known = ops.add(
    linearLayer(ops, weights, 'denoiser.context', context),
    linearLayer(ops, weights, 'denoiser.mask', ops.transpose(mask, [0, 2, 1])),
  );
  const moment = embedStep(ops, weights, hyper, step);
  let x = ops.add(linearLayer(ops, weights, 'denoiser.noisy', byHour), ops.expandDims(known, 1));
  for (let layer = 0; layer < denoiser.layers; layer++) {
    const name = `denoiser.layer${layer}`;
    const seen = ops.add(x, linearLayer(ops, weights, `${name}.step`, moment));
    const rows = ops.reshape(seen, [-1, hours, denoiser.channels]);
    x = ops.reshapeLike(transformerLayer(ops, weights, name, rows, { ...denoiser, tokens: hours }), x);
  }
  const velocity = linearLayer(ops, weights, 'denoiser.out', ops.gelu(x));
  const bySignal = ops.transpose(ops.reshape(velocity, [-1, hours, signals]), [0, 2, 1]);
  return ops.reshapeLike(bySignal, noisy);
}

/** Sines and cosines of the step at many frequencies, then two dense layers: [batch, sample] → [batch, sample, 1, channels]. */
function embedStep<T>(ops: Ops<T>, weights: Weights<T>, { denoiser }: HyperParameters, step: T): T {
  const half = denoiser.stepEmbedding / 2;
  const frequencies = Float32Array.from({ length: half }, (_, i) => 1000 * 10_000 ** (-i / (half - 1)));
  const angles = ops.multiply(ops.expandDims(ops.expandDims(step, 2), 3), ops.constant(frequencies, [1, 1, 1, half]));
  const waves = ops.concat([ops.sin(angles), ops.cos(angles)], 3);
  const once = ops.gelu(linearLayer(ops, weights, 'denoiser.step1', waves));
  return ops.gelu(linearLayer(ops, weights, 'denoiser.step2', once));
}
