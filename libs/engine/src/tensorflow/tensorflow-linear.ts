import type { Tensor, Tensor2D, TensorFlow } from './tensor.js';

/**
 * x · weight + bias over the last axis, with its gradient written out, so that the product before the bias is not kept.
 * @returns a function of (x [..., i], weight [i, o], bias [o])
 */
export function tensorflowLinear(tf: TensorFlow): (x: Tensor, weight: Tensor, bias: Tensor | undefined) => Tensor {
  const withBias = tf.customGrad((...inputs: unknown[]) => {
    const [rows, weight, bias, save] = inputs as [Tensor2D, Tensor2D, Tensor, (saved: Tensor[]) => void];
    save([rows, weight]);
    return {
      value: tf.add(tf.matMul(rows, weight), bias),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [x, w] = saved as [Tensor2D, Tensor2D];
        const d = dy as Tensor2D;
        return [tf.matMul(d, w, false, true), tf.matMul(x, d, true, false), tf.sum(d, 0)];
      },
    };
  });
  return (x, weight, bias) => {
    const [inputs = 1, outputs = 1] = weight.shape;
    const rows = tf.reshape(x, [x.size / inputs, inputs]);
    const product = bias === undefined ? tf.matMul(rows, weight as Tensor2D) : withBias(rows, weight, bias);
    return tf.reshape(product, [...x.shape.slice(0, -1), outputs]);
  };
}
