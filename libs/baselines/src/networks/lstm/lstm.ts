import { linearLayer, type Ops, type Weights } from '#network';
import { crossEntropy } from '../parts/losses.js';
import { linearArrays } from '../parts/planned-array.js';
import type { PredictorNetwork } from '../training/predictor-network.js';
import type { WindowBatch } from '../training/window-batch.js';
import { planBranch, recurrentBranch, type BranchSizes } from './recurrent-branch.js';

/** Sizes of the LSTM predictor. */
export interface LstmSizes extends BranchSizes {
  /** Units of the dense layer. */
  readonly dense: number;
}

/**
 * The published LSTM: two layers, batch normalisation, dropout, a dense layer that also sees the static numbers, a sigmoid; on complete
 * values, whether measured or imputed. Loss: binary cross-entropy.
 */
export function lstm(sizes: LstmSizes): PredictorNetwork {
  const head = <T>(ops: Ops<T>, weights: Weights<T>, units: T, batch: WindowBatch): T => {
    const stay = ops.constant(batch.static, [batch.count, batch.staticSize]);
    const dense = ops.relu(linearLayer(ops, weights, 'dense', ops.concat([units, stay], 1)));
    return ops.reshape(linearLayer(ops, weights, 'head', dense), [-1]);
  };
  return {
    id: 'lstm',
    plan: (size) => [
      ...planBranch(sizes, size),
      ...linearArrays('dense', sizes.units + size.staticSize, sizes.dense),
      ...linearArrays('head', sizes.dense, 1),
    ],
    loss: (ops, weights, batch, random) => {
      const { units, statistics } = recurrentBranch(ops, weights, sizes, batch, random);
      const labels = ops.constant(batch.labels, [batch.count]);
      return { loss: crossEntropy(ops, head(ops, weights, units, batch), labels), statistics };
    },
    logit: (ops, weights, batch) => head(ops, weights, recurrentBranch(ops, weights, sizes, batch).units, batch),
  };
}
