import type { Ops } from '#network';

/**
 * Half binary cross-entropy, half squared error of the probability, averaged over the batch.
 *
 * @param logit  [batch]
 * @param targets [batch]; 1 died, 0 survived, or a probability between them
 */
export function mortalityLoss<T>(ops: Ops<T>, logit: T, targets: T): T {
  const crossEntropy = ops.reduceMean(ops.subtract(ops.softplus(logit), ops.multiply(logit, targets)), [0]);
  const squared = ops.reduceMean(ops.square(ops.subtract(ops.sigmoid(logit), targets)), [0]);
  return ops.scale(ops.add(crossEntropy, squared), 0.5);
}
