import type { Tensor, TensorFlow } from './tensor.js';

const EPSILON = 1e-5;

/**
 * Layer normalisation over the last axis, with its gradient written out: half the passes over memory of the derived one.
 * @returns a function of (x, gain [last], bias [last])
 */
export function tensorflowLayerNorm(tf: TensorFlow): (x: Tensor, gain: Tensor, bias: Tensor) => Tensor {
  const apply = tf.customGrad((...inputs: unknown[]) => {
    const [x, gain, bias, save] = inputs as [Tensor, Tensor, Tensor, (saved: Tensor[]) => void];
    const centred = tf.sub(x, average(tf, x));
    const inverse = tf.rsqrt(tf.add(average(tf, tf.square(centred)), EPSILON));
    const normalised = tf.mul(centred, inverse);
    save([normalised, inverse, gain]);
    return {
      value: tf.add(tf.mul(normalised, gain), bias),
      gradFunc: (dy: Tensor, saved: Tensor[]) => tf.tidy(() => backward(tf, dy, saved)),
    };
  });
  return (x, gain, bias) => apply(x, gain, bias);
}

function backward(tf: TensorFlow, dy: Tensor, saved: Tensor[]): Tensor[] {
  const [normalised, inverse, gain] = saved as [Tensor, Tensor, Tensor];
  const rows: [number, number] = [dy.size / gain.size, gain.size];
  const weighed = tf.mul(dy, normalised);
  const towards = tf.mul(dy, gain);
  // the gain is the same in every row, so its product with the weighed gradient sums up as one small product
  const along = tf.reshape(
    tf.matMul(tf.reshape(weighed, rows), tf.reshape(tf.mul(gain, 1 / gain.size), [gain.size, 1])),
    inverse.shape,
  );
  const across = tf.sub(tf.sub(towards, average(tf, towards)), tf.mul(normalised, along));
  return [tf.mul(inverse, across), tf.sum(tf.reshape(weighed, rows), 0), tf.sum(tf.reshape(dy, rows), 0)];
}

function average(tf: TensorFlow, x: Tensor): Tensor {
  return tf.mul(tf.sum(x, -1, true), 1 / (x.shape.at(-1) ?? 1));
}
