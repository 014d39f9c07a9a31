import { gatedResidual } from './gated-residual.js';
import type { HyperParameters } from './hyper-parameters.js';
import { linearLayer } from './linear-layer.js';
import type { Ops } from './ops.js';
import type { Weights } from './weights.js';

/** A batch of windows on their way from noise to values, several samples of each. */
export interface NoisyWindows<T> {
  /** [batch, sample, signal, hour]; what lies under the mask is not looked at */
  noisy: T;
  /** [batch, signal, hour] 1 measured, 0 to be imputed */
  mask: T;
  /** [batch, signal, hour, channels], from `encodeWindow` */
  context: T;
  /** How far the noise has gone, 0 (clean) to 1 (noise alone): [batch, sample], or [1, 1] for all alike */
  step: T;
}

/**
 * Predicts the velocity v = α·noise − σ·clean of each entry (Salimans and Ho 2022), of which noise and clean window are linear
 * functions.
 * @returns [batch, sample, signal, hour]
 */
export function predictVelocity<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  { noisy, mask, context, step }: NoisyWindows<T>,
): T {
  const missing = ops.expandDims(ops.offset(ops.scale(mask, -1), 1), 1);
  const unknown = ops.expandDims(ops.multiply(noisy, missing), 4);
  const side = ops.expandDims(context, 1);
  const known = linearLayer(ops, weights, 'denoiser.context', side);
  let x = ops.relu(ops.add(linearLayer(ops, weights, 'denoiser.noisy', unknown), known));
  const moment = embedStep(ops, weights, hyper, step);
  let skips: T | undefined;
  for (let layer = 0; layer < hyper.denoiserLayers; layer++) {
    const name = `denoiser.layer${layer}`;
    const seen = ops.add(x, linearLayer(ops, weights, `${name}.step`, moment));
    const { next, skip } = gatedResidual(ops, weights, name, hyper, { x, seen, side });
    x = next;
    skips = skips === undefined ? skip : ops.add(skips, skip);
  }
  const gathered = ops.scale(skips ?? x, 1 / Math.sqrt(Math.max(1, hyper.denoiserLayers)));
  const hidden = ops.relu(linearLayer(ops, weights, 'denoiser.out1', gathered));
  return ops.reshapeLike(linearLayer(ops, weights, 'denoiser.out2', hidden), noisy);
}

/** Sines and cosines of the step at many frequencies, then two dense layers: [batch, sample] → [batch, sample, 1, 1, channels]. */
function embedStep<T>(ops: Ops<T>, weights: Weights<T>, hyper: HyperParameters, step: T): T {
  const half = hyper.stepEmbedding / 2;
  const frequencies = Float32Array.from({ length: half }, (_, i) => 1000 * 10_000 ** (-i / (half - 1)));
  const angles = ops.multiply(
    ops.expandDims(ops.expandDims(ops.expandDims(step, 2), 3), 4),
    ops.constant(frequencies, [1, 1, 1, 1, half]),
  );
  const waves = ops.concat([ops.sin(angles), ops.cos(angles)], 4);
  const once = ops.gelu(linearLayer(ops, weights, 'denoiser.step1', waves));
  return ops.gelu(linearLayer(ops, weights, 'denoiser.step2', once));
}
