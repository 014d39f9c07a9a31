import type { EncodedWindow, Ops } from '#network';
import { fillGaps } from './fill-gaps.js';
import type { ImputationBatch } from './joint-loss.js';

/** Residuals beyond this many spreads are cut off before noise is put on them. */
const RESIDUAL_LIMIT = 8;

/**
 * What the imputer pays for its hidden entries, and the clean window that it takes the noisy one for.
 *
 * Two parts, summed. Center and spread pay the negative logarithm of Laplace's density, |x − center| / spread + ln spread: its best center is
 * the median, its best spread the mean absolute error. The denoiser pays the squared error of its velocity on the residuals
 * (x − center) / spread, as in corrective diffusion (Mardani et al. 2023): the bulk of a value is found in one pass, and diffusion
 * only has to draw what is left open. No gradient of the second part reaches center and spread.
 *
 * The residual of an entry that nobody measured is unknown; an independent normal draw stands for it, so that noise levels look
 * in training as they do when sampling.
 *
 * @param velocityOf predicts the velocity of noisy residuals: [batch, 1, signal, hour] → the same
 */
export function imputationLoss<T>(
  ops: Ops<T>,
  batch: ImputationBatch<T>,
  { center, spread }: EncodedWindow<T>,
  detach: (tensor: T) => T,
  velocityOf: (noisy: T) => T,
): { loss: T; clean: T } {
  const { values, mask, hidden, noise, alpha, sigma } = batch;
  const count = ops.offset(ops.reduceSum(hidden, [0, 1, 2]), 1e-6);
  const overHidden = (x: T): T => ops.divide(ops.reduceSum(ops.multiply(x, hidden), [0, 1, 2]), count);
  const distance = ops.divide(ops.abs(ops.subtract(values, center)), spread);
  const density = overHidden(ops.add(distance, ops.log(spread)));

  const known = detach(ops.divide(ops.subtract(values, center), spread));
  const cut = clip(ops, known, RESIDUAL_LIMIT);
  const target = fillGaps(ops, ops.expandDims(cut, 1), ops.expandDims(mask, 1), batch.unmeasured);
  const noisy = ops.add(ops.multiply(target, alpha), ops.multiply(noise, sigma));
  const velocity = velocityOf(noisy);
  const trueVelocity = ops.subtract(ops.multiply(noise, alpha), ops.multiply(target, sigma));
  const error = overHidden(ops.reshapeLike(ops.square(ops.subtract(velocity, trueVelocity)), values));

  const residual = ops.reshapeLike(ops.subtract(ops.multiply(noisy, alpha), ops.multiply(velocity, sigma)), values);
  return { loss: ops.add(density, error), clean: ops.add(center, ops.multiply(spread, residual)) };
}

function clip<T>(ops: Ops<T>, x: T, limit: number): T {
  const bound = ops.constant(Float32Array.of(limit), [1, 1, 1]);
  return ops.maximum(ops.minimum(x, bound), ops.scale(bound, -1));
}
