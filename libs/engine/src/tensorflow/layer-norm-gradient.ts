import type { Tensor, TensorFlow } from './tensor.js';

const EPSILON = 1e-5;

/**
 * Layer normalisation over the last axis with its gradient written out: half the passes over memory of the derived one, and it
 * differentiates on backends that lack the gradient of a mean.
 * @returns a function of (x, gain [last], bias [last])
 */
export function layerNormWithGradient(tf: TensorFlow): (x: Tensor, gain: Tensor, bias: Tensor) => Tensor {
  const apply = tf.customGrad((...inputs: unknown[]) => {
    const [x, gain, bias, save] = inputs as [Tensor, Tensor, Tensor, (saved: Tensor[]) => void];
    const centred = tf.sub(x, average(tf, x));
    const inverse = tf.rsqrt(tf.add(average(tf, tf.square(centred)), EPSILON));
    const normalised = tf.mul(centred, inverse);
    save([normalised, inverse, gain]);
    return {
      value: tf.add(tf.mul(normalised, gain), bias),
      gradFunc: (dy, saved) => backward(tf, dy as Tensor, saved),
    };
  });
  return (x, gain, bias) => apply(x, gain, bias);
}

function backward(tf: TensorFlow, dy: Tensor, saved: Tensor[]): Tensor[] {
  const [normalised, inverse, gain] = saved as [Tensor, Tensor, Tensor];
  const width = gain.size;
  const rows = [dy.size / width, width] as [number, number];
  const weighted = tf.mul(dy, normalised);
  const towards = tf.mul(dy, gain);
  const along = average(tf, tf.mul(towards, normalised));
  const dx = tf.mul(inverse, tf.sub(tf.sub(towards, average(tf, towards)), tf.mul(normalised, along)));
  return [dx, tf.sum(tf.reshape(weighted, rows), 0), tf.sum(tf.reshape(dy, rows), 0)];
}

function average(tf: TensorFlow, x: Tensor): Tensor {
  return tf.mul(tf.sum(x, -1, true), 1 / (x.shape.at(-1) ?? 1));
}
