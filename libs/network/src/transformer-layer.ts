import { linearLayer } from './linear-layer.js';
import type { Ops } from './ops.js';
import { weight, type Weights } from './weights.js';

/** Sizes of one transformer layer. */
export interface TransformerSizes {
  /** Tokens that look at each other. */
  tokens: number;
  channels: number;
  heads: number;
}

/**
 * A transformer encoder layer, normalised before each part (Xiong et al. 2020), so that it trains without a warm-up.
 * @param x [rows, tokens, channels]
 * @returns [rows, tokens, channels]
 */
export function transformerLayer<T>(ops: Ops<T>, weights: Weights<T>, name: string, x: T, sizes: TransformerSizes): T {
  const attended = ops.add(x, selfAttention(ops, weights, name, normalise(ops, weights, `${name}.norm1`, x), sizes));
  const widened = linearLayer(ops, weights, `${name}.widen`, normalise(ops, weights, `${name}.norm2`, attended));
  return ops.add(attended, linearLayer(ops, weights, `${name}.narrow`, ops.gelu(widened)));
}

/** Several layers one after the other, named `<name><number>`. */
export function transformerLayers<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  name: string,
  layers: number,
  x: T,
  sizes: TransformerSizes,
): T {
  let next = x;
  for (let layer = 0; layer < layers; layer++) next = transformerLayer(ops, weights, `${name}${layer}`, next, sizes);
  return next;
}

/** Attention of several heads; queries, keys and values come from one product. */
function selfAttention<T>(ops: Ops<T>, weights: Weights<T>, name: string, x: T, sizes: TransformerSizes): T {
  const { tokens, channels, heads } = sizes;
  const perHead = channels / heads;
  const projected = ops.reshape(linearLayer(ops, weights, `${name}.qkv`, x), [-1, tokens, 3, heads, perHead]);
  const byHead = ops.reshape(ops.transpose(projected, [2, 0, 3, 1, 4]), [3, -1, tokens, perHead]);
  const [queries, keys, values] = ops.split(byHead, 3, 0) as [T, T, T];
  const mixed = ops.reshape(ops.attention(queries, keys, values), [-1, heads, tokens, perHead]);
  const joined = ops.reshape(ops.transpose(mixed, [0, 2, 1, 3]), [-1, tokens, channels]);
  return linearLayer(ops, weights, `${name}.join`, joined);
}

function normalise<T>(ops: Ops<T>, weights: Weights<T>, name: string, x: T): T {
  return ops.layerNorm(x, weight(weights, `${name}.gain`), weight(weights, `${name}.bias`));
}
