import { linearLayer, weight, type Ops, type TransformerSizes, type Weights } from '#network';

/** Added to a score, it leaves nothing of the share. */
export const NO_ATTENTION = -1e9;

/** A layer's output and where it looked. */
export interface BiasedLayer<T> {
  /** [rows, tokens, channels] */
  readonly next: T;
  /** [rows, heads, tokens, tokens]; each row of the last axis sums to 1. */
  readonly shares: T;
}

/**
 * A transformer encoder layer, normalised before each part (Xiong et al. 2020), whose attention scores are biased, so that some tokens
 * are not looked at; with the arrays of `transformerArrays`.
 * @param x    [rows, tokens, channels]
 * @param bias broadcast to [rows, heads, tokens (looking), tokens (looked at)]; {@link NO_ATTENTION} where one must not look
 */
export function biasedTransformerLayer<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  name: string,
  x: T,
  { tokens, channels, heads }: TransformerSizes,
  bias: T,
): BiasedLayer<T> {
  const perHead = channels / heads;
  const seen = normalise(ops, weights, `${name}.norm1`, x);
  const projected = ops.reshape(linearLayer(ops, weights, `${name}.qkv`, seen), [-1, tokens, 3, heads, perHead]);
  const [queries, keys, values] = ops
    .split(ops.transpose(projected, [2, 0, 3, 1, 4]), 3, 0)
    .map((part) => ops.reshape(part, [-1, heads, tokens, perHead])) as [T, T, T];
  const scores = ops.scale(ops.matmul(queries, keys, true), 1 / Math.sqrt(perHead));
  const shares = ops.softmax(ops.add(scores, bias));
  const mixed = ops.transpose(ops.matmul(shares, values), [0, 2, 1, 3]);
  const joined = linearLayer(ops, weights, `${name}.join`, ops.reshape(mixed, [-1, tokens, channels]));
  const attended = ops.add(x, joined);
  const widened = linearLayer(ops, weights, `${name}.widen`, normalise(ops, weights, `${name}.norm2`, attended));
  return { next: ops.add(attended, linearLayer(ops, weights, `${name}.narrow`, ops.gelu(widened))), shares };
}

function normalise<T>(ops: Ops<T>, weights: Weights<T>, name: string, x: T): T {
  return ops.layerNorm(x, weight(weights, `${name}.gain`), weight(weights, `${name}.bias`));
}
