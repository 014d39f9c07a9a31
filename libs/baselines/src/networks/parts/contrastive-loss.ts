import type { Ops } from '#network';

/** Distance beyond which two stays with different outcomes are far enough apart. */
export const MARGIN = 1;
/** Keeps the root's slope finite where two embeddings coincide. */
const EPSILON = 1e-6;

/**
 * Contrastive loss of Siamese branches over all pairs of a batch (Hadsell, Chopra and LeCun 2006): squared Euclidean distance of pairs
 * alike, squared shortfall from the margin of 1 of pairs that differ. The branches share their weights, so one pass gives every pair.
 *
 * The two kinds weigh half each, since with one death in seven, pairs of survivors would drown the rest; a kind that is absent is 0.
 *
 * @param embedding [batch, embedding]
 * @param labels    [batch] 1 died, 0 survived
 */
export function contrastiveLoss<T>(ops: Ops<T>, embedding: T, labels: Float32Array): T {
  const count = labels.length;
  const { alike, different } = pairShares(labels);
  const lengths = ops.reduceSum(ops.square(embedding), [1], true);
  const products = ops.matmul(embedding, embedding, true);
  const squared = ops.relu(ops.subtract(ops.add(lengths, ops.transpose(lengths, [1, 0])), ops.scale(products, 2)));
  const distance = ops.sqrt(ops.offset(squared, EPSILON));
  const shortfall = ops.square(ops.relu(ops.offset(ops.scale(distance, -1), MARGIN)));
  const near = ops.multiply(squared, ops.constant(alike, [count, count]));
  const far = ops.multiply(shortfall, ops.constant(different, [count, count]));
  return ops.scale(ops.reduceSum(ops.add(near, far), [0, 1]), 0.5);
}

/** What each pair weighs, [batch, batch]: each kind sums to 1, or to 0 where there is no such pair. */
function pairShares(labels: Float32Array): { alike: Float32Array; different: Float32Array } {
  const count = labels.length;
  const died = labels.reduce((sum, label) => sum + label, 0);
  const differentPairs = 2 * died * (count - died);
  const alikePairs = count * (count - 1) - differentPairs;
  const alike = new Float32Array(count * count);
  const different = new Float32Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      if (a === b) continue;
      if (labels[a] === labels[b]) alike[a * count + b] = 1 / alikePairs;
      else different[a * count + b] = 1 / differentPairs;
    }
  }
  return { alike, different };
}
