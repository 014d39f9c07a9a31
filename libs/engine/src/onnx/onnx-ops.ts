import type { LstmWeights, Ops, Shape } from '#network';
import { axisFromStart, broadcastDims, reducedDims, reshapedDims, withAxis } from './graph-dims.js';
import type { GraphValue, GraphWriter, NodeSettings } from './graph-writer.js';

const LAYER_NORM_EPSILON = 1e-5;
const GELU_SLOPE = 1.702;

/** The networks' functions as nodes of an ONNX graph: calling one writes it down, running the graph computes it. */
export function onnxOps(writer: GraphWriter): Ops<GraphValue> {
  return { ...arithmetic(writer), ...products(writer), ...layout(writer) };
}

function one(
  writer: GraphWriter,
  opType: string,
  inputs: readonly GraphValue[],
  dims: readonly (number | null)[],
  settings?: NodeSettings,
): GraphValue {
  return writer.node(opType, inputs, [dims], settings)[0] as GraphValue;
}

function arithmetic(writer: GraphWriter) {
  const pair = (opType: string) => (a: GraphValue, b: GraphValue) =>
    one(writer, opType, [a, b], broadcastDims(a.dims, b.dims));
  const each = (opType: string) => (x: GraphValue) => one(writer, opType, [x], x.dims);
  const number = (value: number) => writer.floats(Float32Array.of(value), []);
  const multiply = pair('Mul');
  const sigmoid = each('Sigmoid');
  return {
    add: pair('Add'),
    subtract: pair('Sub'),
    multiply,
    divide: pair('Div'),
    maximum: pair('Max'),
    minimum: pair('Min'),
    scale: (x, factor) => multiply(x, number(factor)),
    offset: (x, amount) => pair('Add')(x, number(amount)),
    square: (x) => multiply(x, x),
    sqrt: each('Sqrt'),
    exp: each('Exp'),
    log: each('Log'),
    abs: each('Abs'),
    sin: each('Sin'),
    cos: each('Cos'),
    relu: each('Relu'),
    sigmoid,
    tanh: each('Tanh'),
    softplus: each('Softplus'),
    gelu: (x) => multiply(x, sigmoid(multiply(x, number(GELU_SLOPE)))),
  } satisfies Partial<Ops<GraphValue>>;
}

function products(writer: GraphWriter) {
  const matmul = (a: GraphValue, b: GraphValue, transposeB = false): GraphValue => {
    const right = transposeB ? swapLast(writer, b) : b;
    const dims = [...broadcastDims(a.dims.slice(0, -2), right.dims.slice(0, -2)), a.dims.at(-2) ?? null];
    return one(writer, 'MatMul', [a, right], [...dims, right.dims.at(-1) ?? null]);
  };
  return {
    linear: (x, weight, bias) => linear(writer, x, weight, bias),
    matmul,
    softmax: (x) => one(writer, 'Softmax', [x], x.dims, { axis: -1 }),
    attention: (queries, keys, values) => {
      const width = queries.dims.at(-1) ?? 1;
      const scaled = one(
        writer,
        'Mul',
        [queries, writer.floats(Float32Array.of(1 / Math.sqrt(width)), [])],
        queries.dims,
      );
      const scores = matmul(scaled, keys, true);
      return matmul(one(writer, 'Softmax', [scores], scores.dims, { axis: -1 }), values, false);
    },
    layerNorm: (x, gain, bias) =>
      one(writer, 'LayerNormalization', [x, gain, bias], x.dims, { axis: -1, epsilon: { float: LAYER_NORM_EPSILON } }),
    reduceMean: (x, axes, keepDims = false) =>
      one(writer, 'ReduceMean', [x], reducedDims(x.dims, axes, keepDims), { axes, keepdims: Number(keepDims) }),
    reduceSum: (x, axes, keepDims = false) => {
      const dims = reducedDims(x.dims, axes, keepDims);
      return one(writer, 'ReduceSum', [x, writer.integers(axes)], dims, { keepdims: Number(keepDims) });
    },
    lstm: (x, weights, output) => lstm(writer, x, weights, output),
    stopGradient: (x) => x,
  } satisfies Partial<Ops<GraphValue>>;
}

function layout(writer: GraphWriter) {
  return {
    constant: (values, shape) => {
      const size = shape.reduce((product, length) => product * length, 1);
      if (size !== values.length) throw new RangeError(`${values.length} numbers cannot fill the shape [${shape}]`);
      return writer.floats(values, shape);
    },
    reshape: (x, shape) => reshape(writer, x, shape),
    reshapeLike: (x, reference) => {
      const free = reference.dims.filter((length) => length === null).length;
      if (free <= 1)
        return reshape(
          writer,
          x,
          reference.dims.map((length) => length ?? -1),
        );
      return one(writer, 'Reshape', [x, one(writer, 'Shape', [reference], [reference.dims.length])], reference.dims);
    },
    expandDims: (x, axis) => {
      const at = axis < 0 ? axis + x.dims.length + 1 : axis;
      const dims = [...x.dims.slice(0, at), 1, ...x.dims.slice(at)];
      return one(writer, 'Unsqueeze', [x, writer.integers([at])], dims);
    },
    transpose: (x, permutation) => transpose(writer, x, permutation),
    concat: (parts, axis) => {
      const lengths = parts.map(({ dims }) => dims.at(axis) ?? null);
      const total = lengths.reduce((sum, length) => (sum === null || length === null ? null : sum + length), 0);
      return one(writer, 'Concat', parts, withAxis((parts[0] as GraphValue).dims, axis, total), { axis });
    },
    split: (x, parts, axis) => {
      const whole = x.dims.at(axis) ?? null;
      const dims = withAxis(x.dims, axis, whole === null ? null : whole / parts);
      return writer.node(
        'Split',
        [x],
        Array.from({ length: parts }, () => dims),
        { axis },
      );
    },
    slice: (x, axis, start, length) => {
      const at = axisFromStart(x.dims, axis);
      const limits = [[start], [start + length], [at]].map((list) => writer.integers(list));
      return one(writer, 'Slice', [x, ...limits], withAxis(x.dims, at, length));
    },
    gatherRows: (x, rows) =>
      one(writer, 'Gather', [x, writer.integers(rows)], withAxis(x.dims, 0, rows.length), { axis: 0 }),
  } satisfies Partial<Ops<GraphValue>>;
}

function reshape(writer: GraphWriter, x: GraphValue, shape: Shape): GraphValue {
  return one(writer, 'Reshape', [x, writer.integers(shape)], reshapedDims(x.dims, shape));
}

function transpose(writer: GraphWriter, x: GraphValue, permutation: readonly number[]): GraphValue {
  const dims = permutation.map((axis) => x.dims[axis] ?? null);
  return one(writer, 'Transpose', [x], dims, { perm: permutation });
}

function swapLast(writer: GraphWriter, x: GraphValue): GraphValue {
  const axes = x.dims.map((_, i) => i);
  const [last = 0, before = 0] = [axes.pop(), axes.pop()];
  return transpose(writer, x, [...axes, last, before]);
}

/** One matrix product of all rows at once, which adds the bias as it goes: a pass over memory less than a product and a sum. */
function linear(writer: GraphWriter, x: GraphValue, weight: GraphValue, bias: GraphValue | undefined): GraphValue {
  const [inputs = null, outputs = null] = weight.dims;
  const dims = [...x.dims.slice(0, -1), outputs];
  if (bias === undefined) return one(writer, 'MatMul', [x, weight], dims);
  const rows = x.dims.length === 2 ? x : reshape(writer, x, [-1, inputs ?? -1]);
  const product = one(writer, 'Gemm', [rows, weight, bias], [rows.dims[0] ?? null, outputs]);
  if (x.dims.length === 2) return product;
  if (dims.filter((length) => length === null).length <= 1) {
    return reshape(
      writer,
      product,
      dims.map((length) => length ?? -1),
    );
  }
  const leading = one(writer, 'Shape', [x], [dims.length - 1], { end: -1 });
  const shape = one(writer, 'Concat', [leading, writer.integers([outputs ?? -1])], [dims.length], { axis: 0 });
  return one(writer, 'Reshape', [product, shape], dims);
}

/** ONNX's own LSTM has the same gate order; its weights lie transposed, under an axis for the direction, with two biases. */
function lstm(
  writer: GraphWriter,
  x: GraphValue,
  { input, recurrent, bias }: LstmWeights<GraphValue>,
  output: 'sequence' | 'last',
): GraphValue {
  const [time = null, batch = null] = x.dims;
  const units = (recurrent.dims[0] ?? 0) as number;
  const forDirection = (value: GraphValue): GraphValue =>
    one(writer, 'Unsqueeze', [value, writer.integers([0])], [1, ...value.dims]);
  const noBias = writer.floats(new Float32Array(4 * units), [4 * units]);
  const inputs = [
    x,
    forDirection(swapLast(writer, input)),
    forDirection(swapLast(writer, recurrent)),
    forDirection(one(writer, 'Concat', [bias, noBias], [8 * units], { axis: 0 })),
  ];
  const shapes = [
    [time, 1, batch, units],
    [1, batch, units],
  ];
  const [sequence, last] = writer.node('LSTM', inputs, shapes, { hidden_size: units }) as [GraphValue, GraphValue];
  const [whole, axis] = output === 'last' ? [last, 0] : [sequence, 1];
  const dims = whole.dims.filter((_, i) => i !== axis);
  return one(writer, 'Squeeze', [whole, writer.integers([axis])], dims);
}
