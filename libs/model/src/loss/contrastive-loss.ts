import type { Ops } from '#network';

/** Distance beyond which two stays with different outcomes are far enough apart. */
const MARGIN = 1;
/** Keeps the root's slope finite where two embeddings coincide. */
const EPSILON = 1e-6;

/** How much each pair of a batch weighs: both matrices sum to 1 (or 0, where there is no such pair), with an empty diagonal. */
export interface PairShares<T> {
  /** [batch, batch] pairs with the same outcome. */
  readonly alike: T;
  /** [batch, batch] pairs with different outcomes. */
  readonly different: T;
}

/**
 * Contrastive loss of Siamese branches over all pairs of the batch (Hadsell, Chopra and LeCun, CVPR 2006): squared Euclidean distance of
 * pairs alike, squared shortfall from the margin of 1 of pairs that differ.
 *
 * Both branches share their weights, so one pass gives every pair. The two kinds weigh half each: with one death in seven, pairs
 * of survivors would drown the rest.
 *
 * @param embedding [batch, embedding]
 */
export function contrastiveLoss<T>(ops: Ops<T>, embedding: T, { alike, different }: PairShares<T>): T {
  const lengths = ops.reduceSum(ops.square(embedding), [1], true);
  const products = ops.matmul(embedding, embedding, true);
  const squared = ops.relu(ops.subtract(ops.add(lengths, ops.transpose(lengths, [1, 0])), ops.scale(products, 2)));
  const distance = ops.sqrt(ops.offset(squared, EPSILON));
  const shortfall = ops.square(ops.relu(ops.offset(ops.scale(distance, -1), MARGIN)));
  const near = ops.reduceSum(ops.multiply(squared, alike), [0, 1]);
  const far = ops.reduceSum(ops.multiply(shortfall, different), [0, 1]);
  return ops.scale(ops.add(near, far), 0.5);
}

/**
 * The pairs of a batch by outcome, as {@link contrastiveLoss} weighs them.
 *
 * @param labels [batch]
 * @returns      [batch, batch], row-major
 */
export function pairShares(labels: ArrayLike<number>): PairShares<Float32Array> {
  const size = labels.length;
  const alike = new Float32Array(size * size);
  const different = new Float32Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) if (a !== b) (labels[a] === labels[b] ? alike : different)[a * size + b] = 1;
  }
  return { alike: toShares(alike), different: toShares(different) };
}

function toShares(pairs: Float32Array): Float32Array {
  const count = pairs.reduce((sum, one) => sum + one, 0);
  return count === 0 ? pairs : pairs.map((one) => one / count);
}
