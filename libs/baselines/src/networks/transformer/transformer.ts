import { linearLayer, transformerLayer, weight, type Ops, type Weights } from '#network';
import { dropout } from '../parts/dropout.js';
import { crossEntropy } from '../parts/losses.js';
import { linearArrays, normArrays, transformerArrays } from '../parts/planned-array.js';
import { sinePositions } from '../parts/sine-positions.js';
import type { PredictorNetwork } from '../training/predictor-network.js';
import type { WindowBatch } from '../training/window-batch.js';

/** Sizes of the transformer predictor. */
export interface TransformerPredictorSizes {
  /** Width of an hour; a multiple of `heads`. */
  readonly channels: number;
  readonly heads: number;
  readonly layers: number;
  readonly feedForward: number;
  /** Share of units silenced in training, before the dense layer. */
  readonly dropout: number;
}

/**
 * A transformer encoder over the hours of a window (Vaswani et al. 2017, normalised before each part), averaged over the hours, and a
 * dense layer that also sees the static numbers; on complete values, as the LSTM. Loss: binary cross-entropy.
 */
export function transformer(sizes: TransformerPredictorSizes): PredictorNetwork {
  const { channels, layers, feedForward } = sizes;
  return {
    id: 'transformer',
    plan: ({ signals, staticSize }) => [
      ...linearArrays('embed', signals, channels),
      ...Array.from({ length: layers }, (_, at) => transformerArrays(`layer${at}`, channels, feedForward)).flat(),
      ...normArrays('norm', channels),
      ...linearArrays('dense', channels + staticSize, channels),
      ...linearArrays('head', channels, 1),
    ],
    loss: (ops, weights, batch, random) => ({
      loss: crossEntropy(ops, logitOf(ops, weights, sizes, batch, random), ops.constant(batch.labels, [batch.count])),
    }),
    logit: (ops, weights, batch) => logitOf(ops, weights, sizes, batch),
  };
}

function logitOf<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  { channels, heads, layers, dropout: rate }: TransformerPredictorSizes,
  batch: WindowBatch,
  random?: () => number,
): T {
  const { count, signals, hours, staticSize } = batch;
  const byHour = ops.transpose(ops.constant(batch.values, [count, signals, hours]), [0, 2, 1]);
  const place = ops.constant(sinePositions(hours, channels), [1, hours, channels]);
  let x = ops.add(linearLayer(ops, weights, 'embed', byHour), place);
  for (let at = 0; at < layers; at++)
    x = transformerLayer(ops, weights, `layer${at}`, x, { tokens: hours, channels, heads });
  const normal = ops.layerNorm(x, weight(weights, 'norm.gain'), weight(weights, 'norm.bias'));
  const pooled = ops.reduceMean(normal, [1]);
  const kept = random === undefined ? pooled : dropout(ops, pooled, { rows: count, units: channels, rate }, random);
  const stay = ops.constant(batch.static, [count, staticSize]);
  const dense = ops.relu(linearLayer(ops, weights, 'dense', ops.concat([kept, stay], 1)));
  return ops.reshape(linearLayer(ops, weights, 'head', dense), [-1]);
}
