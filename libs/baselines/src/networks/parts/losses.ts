import type { Ops } from '#network';

/** Keeps a quotient finite where nothing is counted. */
const TINY = 1e-9;

/** Mean absolute difference over the entries of a mask: 0 where the mask is empty. All of one shape. */
export function maskedAbsoluteError<T>(ops: Ops<T>, found: T, truth: T, mask: T, axes: readonly number[]): T {
  return maskedMean(ops, ops.abs(ops.subtract(found, truth)), mask, axes);
}

/** Mean of the entries of a mask: 0 where the mask is empty. Both of one shape. */
export function maskedMean<T>(ops: Ops<T>, x: T, mask: T, axes: readonly number[]): T {
  const counted = ops.offset(ops.reduceSum(mask, axes), TINY);
  return ops.divide(ops.reduceSum(ops.multiply(x, mask), axes), counted);
}

/**
 * Mean binary cross-entropy from log-odds: softplus(logit) − label · logit.
 * @param logit [batch]
 * @param labels [batch] 1 died, 0 survived
 */
export function crossEntropy<T>(ops: Ops<T>, logit: T, labels: T): T {
  return ops.reduceMean(ops.subtract(ops.softplus(logit), ops.multiply(labels, logit)), [0]);
}
