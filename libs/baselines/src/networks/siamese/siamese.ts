import { linearLayer, type Ops, type Weights } from '#network';
import { planBranch, recurrentBranch, type BranchSizes } from '../lstm/recurrent-branch.js';
import { contrastiveLoss } from '../parts/contrastive-loss.js';
import { crossEntropy } from '../parts/losses.js';
import { linearArrays } from '../parts/planned-array.js';
import type { PredictorNetwork } from '../training/predictor-network.js';
import type { WindowBatch } from '../training/window-batch.js';

/** Sizes of the Siamese network. */
export interface SiameseSizes extends BranchSizes {
  /** Numbers of the embedding. */
  readonly embedding: number;
}

/** A predicting network that also places stays in a space where those with like outcomes lie close together. */
export interface SiameseNetwork extends PredictorNetwork {
  readonly embeddingSize: number;
  /** [batch, embedding] */
  embed<T>(ops: Ops<T>, weights: Weights<T>, batch: WindowBatch): T;
}

/** Weight of the contrastive loss beside the mortality loss: 0.2 to 0.4, as in the published joint loss. */
const CONTRASTIVE_WEIGHT = 0.5;

/**
 * The published Siamese network: two branches with the same weights (the recurrent part of the LSTM), each ending in an embedding, a
 * contrastive loss with margin 1 on the Euclidean distance of pairs, and a sigmoid on the embedding.
 *
 * What a pair means when a single stay is to be judged is not published. Two readings are offered: this network's own sigmoid
 * (`siamese`), and the mortality among the nearest training embeddings (`siamese-neighbours`).
 *
 * Loss: mortality (half binary cross-entropy, half squared error of the probability, as published) + 0.5 contrastive.
 */
export function siamese(sizes: SiameseSizes): SiameseNetwork {
  const place = <T>(ops: Ops<T>, weights: Weights<T>, units: T, batch: WindowBatch): T => {
    const stay = ops.constant(batch.static, [batch.count, batch.staticSize]);
    const dense = ops.relu(linearLayer(ops, weights, 'dense', ops.concat([units, stay], 1)));
    return linearLayer(ops, weights, 'embedding', dense);
  };
  const embed = <T>(ops: Ops<T>, weights: Weights<T>, batch: WindowBatch): T =>
    place(ops, weights, recurrentBranch(ops, weights, sizes, batch).units, batch);
  const head = <T>(ops: Ops<T>, weights: Weights<T>, embedding: T): T =>
    ops.reshape(linearLayer(ops, weights, 'head', embedding), [-1]);
  return {
    id: 'siamese',
    embeddingSize: sizes.embedding,
    embed,
    plan: (size) => [
      ...planBranch(sizes, size),
      ...linearArrays('dense', sizes.units + size.staticSize, sizes.embedding),
      ...linearArrays('embedding', sizes.embedding, sizes.embedding),
      ...linearArrays('head', sizes.embedding, 1),
    ],
    loss: (ops, weights, batch, random) => {
      const { units, statistics } = recurrentBranch(ops, weights, sizes, batch, random);
      const embedding = place(ops, weights, units, batch);
      const mortality = mortalityLoss(ops, head(ops, weights, embedding), ops.constant(batch.labels, [batch.count]));
      const contrast = ops.scale(contrastiveLoss(ops, embedding, batch.labels), CONTRASTIVE_WEIGHT);
      return { loss: ops.add(mortality, contrast), statistics };
    },
    logit: (ops, weights, batch) => head(ops, weights, embed(ops, weights, batch)),
  };
}

/** Half binary cross-entropy, half squared error of the probability; both [batch]. */
function mortalityLoss<T>(ops: Ops<T>, logit: T, labels: T): T {
  const squared = ops.reduceMean(ops.square(ops.subtract(ops.sigmoid(logit), labels)), [0]);
  return ops.scale(ops.add(crossEntropy(ops, logit, labels), squared), 0.5);
}
