import type { Tensor, TensorFlow } from './tensor.js';

const SLOPE = 1.702;

/**
 * x · σ(1.702 x) with its gradient written out: σ + 1.702 x σ (1 − σ).
 * @returns a function of x
 */
export function tensorflowGelu(tf: TensorFlow): (x: Tensor) => Tensor {
  const apply = tf.customGrad((...inputs: unknown[]) => {
    const [x, save] = inputs as [Tensor, (saved: Tensor[]) => void];
    const gate = tf.sigmoid(tf.mul(x, SLOPE));
    const value = tf.mul(x, gate);
    save([value, gate]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [output, share] = saved as [Tensor, Tensor];
        // x σ (1 − σ) = output · (1 − σ)
        const slope = tf.add(share, tf.mul(tf.mul(output, SLOPE), tf.sub(1, share)));
        return tf.mul(dy, slope);
      },
    };
  });
  return (x) => apply(x);
}
