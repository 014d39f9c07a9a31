import type { Ops } from './ops.js';
import { weight, type Weights } from './weights.js';

/** Mean and variance of each unit over stays. */
export interface BatchStatistics<T> {
  /** [units] */
  mean: T;
  /** [units] */
  variance: T;
}

const EPSILON = 1e-3;

/** Normalises each unit by the statistics given, then · gain + bias. */
export function batchNorm<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  name: string,
  x: T,
  { mean, variance }: BatchStatistics<T>,
): T {
  const normalised = ops.divide(ops.subtract(x, mean), ops.sqrt(ops.offset(variance, EPSILON)));
  return ops.add(ops.multiply(normalised, weight(weights, `${name}.gain`)), weight(weights, `${name}.bias`));
}

/** Mean and (biased) variance over the first axis: [batch, units] → [units]. */
export function batchStatistics<T>(ops: Ops<T>, x: T): BatchStatistics<T> {
  const mean = ops.reduceMean(x, [0]);
  return { mean, variance: ops.reduceMean(ops.square(ops.subtract(x, mean)), [0]) };
}
