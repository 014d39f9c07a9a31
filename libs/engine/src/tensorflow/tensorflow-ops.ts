import type { Ops } from '#network';
import type { Tensor, TensorFlow } from './tensor.js';
import { tensorflowAttention } from './tensorflow-attention.js';
import { tensorflowGelu } from './tensorflow-gelu.js';
import { tensorflowLayerNorm } from './tensorflow-layer-norm.js';
import { tensorflowLinear } from './tensorflow-linear.js';
import { tensorflowLstm } from './tensorflow-lstm.js';

/**
 * The networks' functions on TensorFlow.js: computed at once, differentiable on every backend.
 *
 * Every function returns a new tensor that its caller owns; call inside a scope (`TensorRuntime.scope`), which frees all but the
 * result.
 */
export function tensorflowOps(tf: TensorFlow): Ops<Tensor> {
  return { ...arithmetic(tf), ...products(tf), ...layout(tf) };
}

function arithmetic(tf: TensorFlow) {
  return {
    add: (a, b) => tf.add(a, b),
    subtract: (a, b) => tf.sub(a, b),
    multiply: (a, b) => tf.mul(a, b),
    divide: (a, b) => tf.div(a, b),
    maximum: (a, b) => tf.maximum(a, b),
    minimum: (a, b) => tf.minimum(a, b),
    scale: (x, factor) => tf.mul(x, factor),
    offset: (x, amount) => tf.add(x, amount),
    square: (x) => tf.square(x),
    sqrt: (x) => tf.sqrt(x),
    exp: (x) => tf.exp(x),
    log: (x) => tf.log(x),
    abs: (x) => tf.abs(x),
    sin: (x) => tf.sin(x),
    cos: (x) => tf.cos(x),
    relu: (x) => tf.relu(x),
    sigmoid: (x) => tf.sigmoid(x),
    tanh: (x) => tf.tanh(x),
    softplus: (x) => tf.softplus(x),
    gelu: tensorflowGelu(tf),
  } satisfies Partial<Ops<Tensor>>;
}

function products(tf: TensorFlow) {
  return {
    linear: tensorflowLinear(tf),
    matmul: (a, b, transposeB) => tf.matMul(a, b, false, transposeB),
    softmax: (x) => tf.softmax(x),
    attention: tensorflowAttention(tf),
    layerNorm: tensorflowLayerNorm(tf),
    reduceMean: (x, axes, keepDims) => {
      const count = axes.reduce((product, axis) => product * (x.shape.at(axis) ?? 1), 1);
      return tf.mul(tf.sum(x, [...axes], keepDims), 1 / count);
    },
    reduceSum: (x, axes, keepDims) => tf.sum(x, [...axes], keepDims),
    lstm: (x, weights, output) => tensorflowLstm(tf, x, weights, output),
    stopGradient: stopGradient(tf),
  } satisfies Partial<Ops<Tensor>>;
}

function layout(tf: TensorFlow) {
  return {
    constant: (values, shape) => tf.tensor(values, [...shape], 'float32'),
    reshape: (x, shape) => tf.reshape(x, [...shape]),
    reshapeLike: (x, reference) => tf.reshape(x, reference.shape),
    expandDims: (x, axis) => tf.expandDims(x, axis),
    transpose: (x, permutation) => tf.transpose(x, [...permutation]),
    concat: (parts, axis) => tf.concat([...parts], axis),
    // a copy: the recorded operation keeps the array itself
    split: (x, parts, axis) => [...tf.split(x, parts, axis)],
    slice: (x, axis, start, length) => slice(tf, x, axis, start, length),
    gatherRows: (x, rows) => gatherRows(tf, x, rows),
  } satisfies Partial<Ops<Tensor>>;
}

function slice(tf: TensorFlow, x: Tensor, axis: number, start: number, length: number): Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  const begin = x.shape.map((_, i) => (i === at ? start : 0));
  const size = x.shape.map((whole, i) => (i === at ? length : whole));
  return tf.slice(x, begin, size);
}

/** A product with one-hot rows: its gradient exists on every backend, which that of a gather does not. */
function gatherRows(tf: TensorFlow, x: Tensor, rows: readonly number[]): Tensor {
  const [count = 0, ...rest] = x.shape;
  const width = x.size / Math.max(1, count);
  const choice = new Float32Array(rows.length * count);
  rows.forEach((row, i) => {
    if (!Number.isInteger(row) || row < 0 || row >= count) {
      throw new RangeError(`row ${row} was asked for, and there are rows 0 to ${count - 1}`);
    }
    choice[i * count + row] = 1;
  });
  const picked = tf.matMul(tf.tensor2d(choice, [rows.length, count]), tf.reshape(x, [count, width]));
  return tf.reshape(picked, [rows.length, ...rest]);
}

function stopGradient(tf: TensorFlow): (x: Tensor) => Tensor {
  const apply = tf.customGrad((...inputs: unknown[]) => {
    const [x] = inputs as [Tensor];
    return { value: tf.clone(x), gradFunc: () => tf.zeros(x.shape) };
  });
  return (x) => apply(x);
}
