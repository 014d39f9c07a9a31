import type { GradConfig, NamedAttrMap } from '@tensorflow/tfjs-core';
import type { Tensor, TensorFlow } from './tensor.js';

type Slope = (dy: Tensor, saved: Tensor) => Tensor;

/**
 * Teaches a copy of TensorFlow.js the gradients of the operations that the networks use. Its small core package comes without any
 * (the whole package, with layers and converters, is 140 MB), and some of those it has elsewhere use operations that WebAssembly
 * lacks; these need none but the operations they differentiate, on every backend alike.
 */
export function registerGradients(tf: TensorFlow): void {
  for (const gradient of [
    ...pairGradients(tf),
    ...eachGradients(tf),
    ...productGradients(tf),
    ...layoutGradients(tf),
  ]) {
    tf.registerGradient(gradient);
  }
}

function pairGradients(tf: TensorFlow): GradConfig[] {
  const pair = (kernelName: string, toA: PairSlope, toB: PairSlope): GradConfig => ({
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [Tensor, Tensor];
      return {
        a: () => sumToShape(tf, toA(dy as Tensor, a, b), a.shape),
        b: () => sumToShape(tf, toB(dy as Tensor, a, b), b.shape),
      };
    },
  });
  const where = (dy: Tensor, chosen: Tensor): Tensor => tf.mul(dy, tf.cast(chosen, 'float32'));
  return [
    pair(
      'Add',
      (dy) => dy,
      (dy) => dy,
    ),
    pair(
      'Sub',
      (dy) => dy,
      (dy) => tf.neg(dy),
    ),
    pair(
      'Multiply',
      (dy, _, b) => tf.mul(dy, b),
      (dy, a) => tf.mul(dy, a),
    ),
    pair(
      'RealDiv',
      (dy, _, b) => tf.div(dy, b),
      (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b))),
    ),
    pair(
      'Maximum',
      (dy, a, b) => where(dy, tf.greaterEqual(a, b)),
      (dy, a, b) => where(dy, tf.less(a, b)),
    ),
    pair(
      'Minimum',
      (dy, a, b) => where(dy, tf.lessEqual(a, b)),
      (dy, a, b) => where(dy, tf.greater(a, b)),
    ),
  ];
}

type PairSlope = (dy: Tensor, a: Tensor, b: Tensor) => Tensor;

function eachGradients(tf: TensorFlow): GradConfig[] {
  const ofInput = (kernelName: string, slope: Slope): GradConfig => ({
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => slope(dy as Tensor, saved[0] as Tensor) }),
  });
  const ofOutput = (kernelName: string, slope: Slope): GradConfig => ({
    kernelName,
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({ x: () => slope(dy as Tensor, saved[0] as Tensor) }),
  });
  return [
    ofInput('Square', (dy, x) => tf.mul(dy, tf.mul(x, 2))),
    ofInput('Log', (dy, x) => tf.div(dy, x)),
    ofInput('Sin', (dy, x) => tf.mul(dy, tf.cos(x))),
    ofInput('Cos', (dy, x) => tf.mul(dy, tf.neg(tf.sin(x)))),
    ofInput('Softplus', (dy, x) => tf.mul(dy, tf.sigmoid(x))),
    ofInput('Abs', (dy, x) => tf.mul(dy, tf.sub(tf.step(x), tf.step(tf.neg(x))))),
    ofOutput('Sqrt', (dy, y) => tf.div(dy, tf.mul(y, 2))),
    ofOutput('Exp', (dy, y) => tf.mul(dy, y)),
    ofOutput('Relu', (dy, y) => tf.mul(dy, tf.sign(y))),
    ofOutput('Sigmoid', (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
    ofOutput('Tanh', (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y)))),
    { kernelName: 'Identity', gradFunc: (dy) => ({ x: () => tf.clone(dy as Tensor) }) },
    { kernelName: 'Neg', gradFunc: (dy) => ({ x: () => tf.neg(dy as Tensor) }) },
  ];
}

function productGradients(tf: TensorFlow): GradConfig[] {
  return [
    {
      kernelName: 'BatchMatMul',
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, saved, attrs) => {
        const [a, b] = saved as [Tensor, Tensor];
        const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean };
        if (transposeA)
          throw new Error('the gradient of a product whose left side is transposed is not needed, so not known');
        const d = dy as Tensor;
        return {
          a: () => tf.matMul(d, b, false, !transposeB),
          b: () => (transposeB ? tf.matMul(d, a, true, false) : tf.matMul(a, d, true, false)),
        };
      },
    },
    {
      kernelName: 'Softmax',
      outputsToSave: [true],
      gradFunc: (dy, saved) => {
        const y = saved[0] as Tensor;
        return {
          logits: () => {
            const weighed = tf.mul(dy as Tensor, y);
            return tf.sub(weighed, tf.mul(tf.sum(weighed, -1, true), y));
          },
        };
      },
    },
    {
      kernelName: 'Sum',
      inputsToSave: ['x'],
      gradFunc: (dy, saved, attrs) => {
        const { shape } = saved[0] as Tensor;
        const gone = axesOf(attrs, shape.length);
        const kept = shape.map((length, i) => (gone.has(i) ? 1 : length));
        const repeats = shape.map((length, i) => (gone.has(i) ? length : 1));
        return { x: () => tf.tile(tf.reshape(dy as Tensor, kept), repeats) };
      },
    },
  ];
}

function layoutGradients(tf: TensorFlow): GradConfig[] {
  const reshaped = (kernelName: string, input: string): GradConfig => ({
    kernelName,
    inputsToSave: [input],
    gradFunc: (dy, saved) => ({ [input]: () => tf.reshape(dy as Tensor, (saved[0] as Tensor).shape) }),
  });
  return [
    reshaped('Reshape', 'x'),
    reshaped('ExpandDims', 'input'),
    {
      kernelName: 'Transpose',
      gradFunc: (dy, _, attrs) => {
        const { perm } = attrs as unknown as { perm: number[] };
        return {
          x: () =>
            tf.transpose(
              dy as Tensor,
              perm.map((__, i) => perm.indexOf(i)),
            ),
        };
      },
    },
    {
      kernelName: 'Slice',
      inputsToSave: ['x'],
      gradFunc: (dy, saved, attrs) => {
        const { begin, size } = attrs as unknown as { begin: number[]; size: number[] };
        const { shape } = saved[0] as Tensor;
        const around = shape.map((length, i): [number, number] => {
          const start = begin[i] ?? 0;
          return [start, length - start - (size[i] ?? 0)];
        });
        return { x: () => tf.pad(dy as Tensor, around) };
      },
    },
    ...joinGradients(tf),
  ];
}

function joinGradients(tf: TensorFlow): GradConfig[] {
  return [
    {
      kernelName: 'Concat',
      saveAllInputs: true,
      gradFunc: (dy, saved, attrs) => {
        const axis = attrs['axis'] as number;
        const parts = tf.split(
          dy as Tensor,
          saved.map(({ shape }) => shape.at(axis) ?? 0),
          axis,
        );
        return Object.fromEntries(parts.map((part, i) => [i, () => part]));
      },
    },
    {
      kernelName: 'Pack',
      saveAllInputs: true,
      gradFunc: (dy, _, attrs) => {
        const parts = tf.unstack(dy as Tensor, attrs['axis'] as number);
        return Object.fromEntries(parts.map((part, i) => [i, () => part]));
      },
    },
    {
      kernelName: 'SplitV',
      gradFunc: (dy, _, attrs) => ({ x: () => tf.concat(dy as Tensor[], attrs['axis'] as number) }),
    },
  ];
}

/** Undoes a broadcast: sums the gradient over every axis along which the value was repeated. */
function sumToShape(tf: TensorFlow, dy: Tensor, shape: number[]): Tensor {
  const added = dy.rank - shape.length;
  const axes = dy.shape.flatMap((length, i) => (i < added || (shape[i - added] === 1 && length > 1) ? [i] : []));
  return axes.length === 0 ? dy : tf.reshape(tf.sum(dy, axes), shape);
}

function axesOf(attrs: NamedAttrMap, rank: number): Set<number> {
  const axis = attrs['axis'] as number | number[] | null | undefined;
  const axes = axis === null || axis === undefined ? Array.from({ length: rank }, (_, i) => i) : [axis].flat();
  return new Set(axes.map((one) => (one < 0 ? one + rank : one)));
}
