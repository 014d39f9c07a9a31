import { linearLayer, type Ops, type Weights } from '#network';
import { sinePositions } from '../parts/sine-positions.js';
import type { GridSize } from '../training/window-batch.js';
import type { CsdiSizes } from './csdi-sizes.js';
import { gatedResidual } from './gated-residual.js';

/** Windows on their way from noise to values. */
export interface NoisyBatch<T> {
  /** [batch, signal, hour] what is shown, 0 elsewhere */
  readonly values: T;
  /** [batch, signal, hour] 1 shown, 0 to be imputed */
  readonly mask: T;
  /** [batch, signal, hour]; what lies under the mask is not looked at */
  readonly noisy: T;
  /** [batch, stepEmbedding], or [1, stepEmbedding] for all alike */
  readonly step: T;
}

/**
 * Predicts the noise in each entry (Tashiro et al. 2021).
 * @returns [batch, signal, hour]
 */
export function predictNoise<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  sizes: CsdiSizes,
  grid: GridSize,
  { values, mask, noisy, step }: NoisyBatch<T>,
): T {
  const { layers, hourEmbedding } = sizes;
  const { hours } = grid;
  const wanted = ops.multiply(noisy, ops.offset(ops.scale(mask, -1), 1));
  const pairs = ops.concat([ops.expandDims(values, 3), ops.expandDims(wanted, 3)], 3);
  const side = {
    hour: ops.constant(sinePositions(hours, hourEmbedding), [1, 1, hours, hourEmbedding]),
    mask: ops.expandDims(mask, 3),
    step: swish(ops, linearLayer(ops, weights, 'step2', swish(ops, linearLayer(ops, weights, 'step1', step)))),
  };
  let x = ops.relu(linearLayer(ops, weights, 'input', pairs));
  let skips: T | undefined;
  for (let layer = 0; layer < layers; layer++) {
    const { next, skip } = gatedResidual(ops, weights, `layer${layer}`, { sizes, grid }, x, side);
    x = next;
    skips = skips === undefined ? skip : ops.add(skips, skip);
  }
  const gathered = ops.scale(skips ?? x, 1 / Math.sqrt(Math.max(1, layers)));
  const hidden = ops.relu(linearLayer(ops, weights, 'out1', gathered));
  return ops.reshapeLike(linearLayer(ops, weights, 'out2', hidden), noisy);
}

/** x · σ(x) */
function swish<T>(ops: Ops<T>, x: T): T {
  return ops.multiply(x, ops.sigmoid(x));
}
