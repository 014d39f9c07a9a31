import {
  encodeWindow,
  predictVelocity,
  type BatchStatistics,
  type HyperParameters,
  type Ops,
  type Weights,
} from '#network';
import type { PairShares } from './contrastive-loss.js';
import { fillGaps } from './fill-gaps.js';
import { imputationLoss } from './imputation-loss.js';
import { riskLoss } from './risk-loss.js';

/** What the imputer learns from: windows with some measured entries hidden, and the noise drawn for them. */
export interface ImputationBatch<T> {
  /** [batch, signal, hour] normalised, 0 where missing. */
  readonly values: T;
  /** [batch, signal, hour]; 1 measured. */
  readonly mask: T;
  /** [batch, signal, hour]; 1 where a measured entry is hidden from the imputer, which must find it again. */
  readonly hidden: T;
  /** [batch, signal, hour] hours since observed, by the mask without what is hidden. */
  readonly visibleHoursSince: T;
  /** [batch, static] */
  readonly static: T;
  /** [batch, 1, signal, hour] standard normal. */
  readonly noise: T;
  /** [batch, 1, signal, hour] standard normal: stands for the residuals of entries that nobody measured. */
  readonly unmeasured: T;
  /** [batch, 1] how far the noise has gone, in [0, 1]. */
  readonly step: T;
  /** [batch, 1, 1, 1] factors of the clean residual and of the noise at `step`; see `noiseLevel`. */
  readonly alpha: T;
  readonly sigma: T;
}

/** A batch of training windows with everything that was drawn for it; nothing random happens after this. */
export interface JointBatch<T> extends ImputationBatch<T> {
  /** [batch, signal, hour]; what the risk network is told was measured: the mask, or the mask without what is hidden. */
  readonly riskMask: T;
  /** [batch, signal, hour] hours since observed, by `riskMask`. */
  readonly hoursSince: T;
  /** [batch, signal, statistic] of the entries in `riskMask`. */
  readonly statistics: T;
  /** [batch]; what the risk shall be: 1 died, 0 survived, or between them where a teacher's opinion is mixed in. */
  readonly targets: T;
  /** Which pairs of the batch are alike, by outcome. */
  readonly pairs: PairShares<T>;
  /** [batch, lstmUnits] and [batch, statisticUnits]; 0 or 1 / (1 - rate). */
  readonly dropoutMask: T;
  readonly statisticMask: T;
}

/** Weights of the three losses. */
export interface LossWeights {
  readonly imputation: number;
  readonly mortality: number;
  readonly contrastive: number;
}

/** Weights of the three losses as published. */
export const PUBLISHED_LOSS_WEIGHTS: LossWeights = { imputation: 0.4, mortality: 0.4, contrastive: 0.2 };

/** What joins the two networks, and how. */
export interface JointLossOptions<T> extends LossWeights {
  /** Gives the same numbers as a tensor that no gradient passes; cheaper than computing a gradient that is thrown away. */
  readonly detach: (tensor: T) => T;
  /** False cuts the mortality gradient off at the imputed values (single-task ablation). @default true */
  readonly mortalityReachesImputer?: boolean;
}

/** The joint loss, its parts, and what the caller keeps running averages of. */
export interface JointLoss<T> {
  readonly loss: T;
  readonly imputation: T;
  readonly mortality: T;
  readonly contrastive: T;
  readonly batchStatistics: BatchStatistics<T>;
}

/**
 * The joint loss: imputation, mortality and contrast, weighted.
 *
 * The imputer sees the window without its hidden entries and pays for them ({@link imputationLoss}). Its one-step estimate of the clean window
 * fills the gaps of what the risk network reads, so the mortality gradient reaches denoiser and encoder.
 */
export function jointLoss<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  batch: JointBatch<T>,
  options: JointLossOptions<T>,
): JointLoss<T> {
  const { loss: imputation, clean } = imputeOneStep(ops, weights, hyper, batch, options.detach);
  const passed = options.mortalityReachesImputer === false ? options.detach(clean) : clean;
  const values = fillGaps(ops, batch.values, batch.riskMask, passed);
  const { loss: ofRisk, ...risk } = riskLoss(ops, weights, hyper, { ...batch, values }, options);
  return { loss: ops.add(ops.scale(imputation, options.imputation), ofRisk), imputation, ...risk };
}

/** One look of the imputer at a batch: its loss, and the clean window that it takes the noisy one for: [batch, signal, hour]. */
export function imputeOneStep<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  batch: ImputationBatch<T>,
  detach: (tensor: T) => T,
): { loss: T; clean: T } {
  const visible = ops.subtract(batch.mask, batch.hidden);
  const encoded = encodeWindow(ops, weights, hyper, {
    values: ops.multiply(batch.values, visible),
    mask: visible,
    hoursSince: batch.visibleHoursSince,
    static: batch.static,
  });
  return imputationLoss(ops, batch, encoded, detach, (noisy) =>
    predictVelocity(ops, weights, hyper, { noisy, mask: visible, context: encoded.context, step: batch.step }),
  );
}
