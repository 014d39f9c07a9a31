import { linearLayer, type Ops, type Weights } from '#network';
import { crossEntropy } from '../parts/losses.js';
import { linearArrays } from '../parts/planned-array.js';
import type { PredictorNetwork } from '../training/predictor-network.js';
import type { WindowBatch } from '../training/window-batch.js';
import type { BritsSizes } from './brits.js';
import { imputationLoss } from './imputation-loss.js';
import { planRits, runRits } from './rits.js';

/** Weight of the imputation loss beside the cross-entropy, as in the authors' code. */
const IMPUTATION_WEIGHT = 0.3;

/**
 * BRITS as a predictor (Cao et al. 2018, section 4.3): the imputing network learns the outcome at the same time, from the last state of
 * both directions. It fills gaps by itself; what an imputer put there is not looked at.
 *
 * The head also sees the static numbers, as every predictor here.
 */
export function britsJoint({ units }: BritsSizes): PredictorNetwork {
  const logit = <T>(ops: Ops<T>, weights: Weights<T>, last: T, { count, static: stay, staticSize }: WindowBatch): T => {
    const both = ops.reshape(ops.transpose(last, [1, 0, 2]), [count, 2 * units]);
    const known = ops.concat([both, ops.constant(stay, [count, staticSize])], 1);
    return ops.reshape(linearLayer(ops, weights, 'head', known), [-1]);
  };
  return {
    id: 'brits-joint',
    plan: (size) => [...planRits(units, size), ...linearArrays('head', 2 * units + size.staticSize, 1)],
    loss: (ops, weights, batch) => {
      const measured = measuredOnly(batch);
      const estimates = runRits(ops, weights, units, measured);
      const hidden = new Float32Array(batch.mask.length);
      const imputation = imputationLoss(ops, estimates, { ...measured, hidden, truth: measured.values });
      const labels = ops.constant(batch.labels, [batch.count]);
      const mortality = crossEntropy(ops, logit(ops, weights, estimates.last, batch), labels);
      return { loss: ops.add(mortality, ops.scale(imputation, IMPUTATION_WEIGHT)) };
    },
    logit: (ops, weights, batch) => logit(ops, weights, runRits(ops, weights, units, measuredOnly(batch)).last, batch),
  };
}

function measuredOnly(batch: WindowBatch): WindowBatch {
  return { ...batch, values: batch.values.map((value, entry) => (batch.mask[entry] === 1 ? value : 0)) };
}
