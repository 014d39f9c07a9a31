import type { Tensor, TensorFlow } from './tensor.js';

/**
 * Scaled dot-product attention, with its gradient written out: the scores are not kept, and what softmax's gradient needs of a row
 * is taken from the short output instead of the long row (Dao et al. 2022, section 3.1).
 * @returns a function of (queries [..., m, width], keys [..., n, width], values [..., n, width])
 */
export function tensorflowAttention(tf: TensorFlow): (queries: Tensor, keys: Tensor, values: Tensor) => Tensor {
  const apply = tf.customGrad((...inputs: unknown[]) => {
    const [queries, keys, values, save] = inputs as [Tensor, Tensor, Tensor, (saved: Tensor[]) => void];
    const factor = 1 / Math.sqrt(queries.shape.at(-1) ?? 1);
    const scaled = tf.mul(queries, factor);
    const shares = tf.softmax(tf.matMul(scaled, keys, false, true));
    const value = tf.matMul(shares, values);
    save([scaled, keys, values, shares, value]);
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => backward(tf, dy, saved, factor) };
  });
  return (queries, keys, values) => apply(queries, keys, values);
}

function backward(tf: TensorFlow, dy: Tensor, saved: Tensor[], factor: number): Tensor[] {
  return tf.tidy(() => {
    const [scaled, keys, values, shares, output] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor];
    const along = tf.sum(tf.mul(dy, output), -1, true);
    const toScores = tf.mul(shares, tf.sub(tf.matMul(dy, values, false, true), along));
    return [
      tf.mul(tf.matMul(toScores, keys), factor),
      tf.matMul(toScores, scaled, true, false),
      tf.matMul(shares, dy, true, false),
    ];
  });
}
