import { assessRisk, type BatchStatistics, type HyperParameters, type Ops, type Weights } from '#network';
import { contrastiveLoss } from './contrastive-loss.js';
import type { JointBatch, LossWeights } from './joint-loss.js';
import { mortalityLoss } from './mortality-loss.js';

/** What a risk network learns from in a batch; `values` have no gaps: [batch, signal, hour]. */
export type RiskBatch<T> = Pick<
  JointBatch<T>,
  'values' | 'riskMask' | 'hoursSince' | 'statistics' | 'static' | 'targets' | 'pairs' | 'dropoutMask' | 'statisticMask'
>;

/** What a risk network pays, and what the caller keeps running averages of. */
export interface RiskLoss<T> {
  /** Mortality and contrast, weighted. */
  readonly loss: T;
  readonly mortality: T;
  readonly contrastive: T;
  readonly batchStatistics: BatchStatistics<T>;
}

/**
 * What one risk network pays for a batch.
 *
 * @param member which of the release's risk networks
 */
export function riskLoss<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  batch: RiskBatch<T>,
  lossWeights: Omit<LossWeights, 'imputation'>,
  member = 0,
): RiskLoss<T> {
  const windows = {
    values: batch.values,
    mask: batch.riskMask,
    hoursSince: batch.hoursSince,
    statistics: batch.statistics,
    static: batch.static,
  };
  const mode = { training: true, dropoutMask: batch.dropoutMask, statisticMask: batch.statisticMask } as const;
  const { logit, embedding, batchStatistics } = assessRisk(ops, weights, hyper, windows, mode, member);
  const mortality = mortalityLoss(ops, logit, batch.targets);
  const contrastive = contrastiveLoss(ops, embedding, batch.pairs);
  const loss = ops.add(ops.scale(mortality, lossWeights.mortality), ops.scale(contrastive, lossWeights.contrastive));
  return { loss, mortality, contrastive, batchStatistics };
}
