/** How a tensor is laid out, outermost axis first; `-1` stands for the one axis whose length follows from the others. */
export type Shape = readonly number[];

/** The three arrays of one LSTM layer of `h` units over `i` inputs; gates in the order input, output, forget, candidate. */
export interface LstmWeights<T> {
  /** [i, 4h] */
  input: T;
  /** [h, 4h] */
  recurrent: T;
  /** [4h] */
  bias: T;
}

/**
 * What the networks are written against. One implementation computes (and differentiates) at once, another writes a graph; a
 * network may therefore never look at a value, and knows every length but the batch's.
 *
 * Two-place functions broadcast as NumPy does. Negative axes count from the end. No function changes its arguments.
 */
export interface Ops<T> {
  /** A tensor of numbers known beforehand; throws where the shape does not hold exactly as many. */
  constant(values: Float32Array, shape: Shape): T;

  add(a: T, b: T): T;
  subtract(a: T, b: T): T;
  multiply(a: T, b: T): T;
  divide(a: T, b: T): T;
  maximum(a: T, b: T): T;
  minimum(a: T, b: T): T;
  /** x · factor */
  scale(x: T, factor: number): T;
  /** x + amount */
  offset(x: T, amount: number): T;

  square(x: T): T;
  sqrt(x: T): T;
  exp(x: T): T;
  log(x: T): T;
  abs(x: T): T;
  sin(x: T): T;
  cos(x: T): T;
  relu(x: T): T;
  sigmoid(x: T): T;
  tanh(x: T): T;
  /** ln(1 + eˣ), without overflow */
  softplus(x: T): T;
  /** x · σ(1.702 x), the sigmoid form of GELU (Hendrycks and Gimpel, arXiv:1606.08415): three passes over memory, not eight. */
  gelu(x: T): T;

  /** x · weight (+ bias) over the last axis: [..., i] × [i, o] → [..., o] */
  linear(x: T, weight: T, bias?: T): T;
  /** Batched product of two tensors of the same rank and batch lengths: [..., m, k] × [..., k, n], or × [..., n, k] with `transposeB`. */
  matmul(a: T, b: T, transposeB?: boolean): T;
  /** Over the last axis. */
  softmax(x: T): T;
  /** softmax(queries · keysᵀ / √width) · values; queries [..., m, width], keys and values [..., n, width] → [..., m, width] */
  attention(queries: T, keys: T, values: T): T;
  /** Normalises the last axis to mean 0 and variance 1 (epsilon 1e-5), then · gain + bias, both [last]. */
  layerNorm(x: T, gain: T, bias: T): T;
  /** Averages the axes away; `keepDims` leaves them with length 1. */
  reduceMean(x: T, axes: readonly number[], keepDims?: boolean): T;
  /** Sums the axes away; `keepDims` leaves them with length 1. */
  reduceSum(x: T, axes: readonly number[], keepDims?: boolean): T;

  /** At most one -1. */
  reshape(x: T, shape: Shape): T;
  /** Gives x the shape of a reference with as many elements. */
  reshapeLike(x: T, reference: T): T;
  /** Puts in an axis of length 1 before `axis` of the result. */
  expandDims(x: T, axis: number): T;
  transpose(x: T, permutation: readonly number[]): T;
  concat(parts: readonly T[], axis: number): T;
  /** Equal parts along an axis. */
  split(x: T, parts: number, axis: number): T[];
  /** [start, start + length) of an axis. */
  slice(x: T, axis: number, start: number, length: number): T;
  /** The named rows of the first axis, in the order named; a row may be named twice. */
  gatherRows(x: T, rows: readonly number[]): T;

  /**
   * Runs an LSTM from a zero state.
   * @param x [time, batch, i]
   * @returns [time, batch, h], or [batch, h] of the last hour
   */
  lstm(x: T, weights: LstmWeights<T>, output: 'sequence' | 'last'): T;
  /** The same numbers, through which no gradient flows. */
  stopGradient(x: T): T;
}
