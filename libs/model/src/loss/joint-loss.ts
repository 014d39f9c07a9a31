import {
  assessRisk,
  encodeWindow,
  predictVelocity,
  type BatchStatistics,
  type HyperParameters,
  type Ops,
  type Weights,
} from '#network';
import { contrastiveLoss, type PairShares } from './contrastive-loss.js';
import { mortalityLoss } from './mortality-loss.js';

/** A batch of training windows with everything that was drawn for it; nothing random happens after this. */
export interface JointBatch<T> {
  /** [batch, signal, hour] normalised, 0 where missing. */
  readonly values: T;
  /** [batch, signal, hour]; 1 measured. */
  readonly mask: T;
  /** [batch, signal, hour]; 1 where a measured entry is hidden from the imputer, which must find it again. */
  readonly hidden: T;
  /** [batch, signal, hour]; what the risk network is told was measured: the mask, or the mask without what is hidden. */
  readonly riskMask: T;
  /** [batch, signal, hour] hours since observed, by `riskMask`. */
  readonly hoursSince: T;
  /** [batch, static] */
  readonly static: T;
  /** [batch, 1, signal, hour] standard normal. */
  readonly noise: T;
  /** [batch, 1] how far the noise has gone, in [0, 1]. */
  readonly step: T;
  /** [batch, 1, 1, 1] factors of the clean window and of the noise at `step`; see `noiseLevel`. */
  readonly alpha: T;
  readonly sigma: T;
  /** [batch]; 1 died, 0 survived. */
  readonly labels: T;
  /** Which pairs of the batch are alike. */
  readonly pairs: PairShares<T>;
  /** [batch, lstmUnits]; 0 or 1 / (1 - rate). */
  readonly dropoutMask: T;
}

/** What joins the two networks, and how. */
export interface JointLossOptions<T> {
  readonly imputation: number;
  readonly mortality: number;
  readonly contrastive: number;
  /** Gives the same numbers as a tensor that no gradient passes; cheaper than computing a gradient that is thrown away. */
  readonly detach: (tensor: T) => T;
  /** False cuts the mortality gradient off at the imputed values (single-task ablation). @default true */
  readonly mortalityReachesImputer?: boolean;
}

/** Weights of the three losses as published. */
export const PUBLISHED_LOSS_WEIGHTS = { imputation: 0.4, mortality: 0.4, contrastive: 0.2 } as const;

/** The joint loss, its parts, and what the caller keeps running averages of. */
export interface JointLoss<T> {
  readonly loss: T;
  readonly imputation: T;
  readonly mortality: T;
  readonly contrastive: T;
  readonly statistics: BatchStatistics<T>;
}

/**
 * The joint loss: imputation, mortality and contrast, weighted.
 *
 * The imputer sees the window without its hidden entries. Entries that nobody measured have no true value to put noise on, so the
 * imputer's own first guess (one step from noise, without gradient) stands for them: the denoiser meets windows as it will meet them
 * when sampling. From the noisy window it predicts the velocity; its squared error counts on the hidden entries. The clean window
 * that the velocity stands for fills the gaps of what the risk network reads, so the mortality gradient reaches denoiser and encoder.
 */
export function jointLoss<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  batch: JointBatch<T>,
  options: JointLossOptions<T>,
): JointLoss<T> {
  const { imputation, clean } = imputeOneStep(ops, weights, hyper, batch, options.detach);
  const passed = options.mortalityReachesImputer === false ? options.detach(clean) : clean;
  const values = fillGaps(ops, batch.values, batch.riskMask, ops.reshapeLike(passed, batch.values));
  const { logit, embedding, statistics } = assessRisk(
    ops,
    weights,
    hyper,
    { values, mask: batch.riskMask, hoursSince: batch.hoursSince, static: batch.static },
    { training: true, dropoutMask: batch.dropoutMask },
  );
  const mortality = mortalityLoss(ops, logit, batch.labels);
  const contrastive = contrastiveLoss(ops, embedding, batch.pairs);
  const loss = ops.add(
    ops.add(ops.scale(imputation, options.imputation), ops.scale(mortality, options.mortality)),
    ops.scale(contrastive, options.contrastive),
  );
  return { loss, imputation, mortality, contrastive, statistics };
}

function imputeOneStep<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  batch: JointBatch<T>,
  detach: (tensor: T) => T,
): { imputation: T; clean: T } {
  const { values, noise, alpha, sigma } = batch;
  const visible = ops.subtract(batch.mask, batch.hidden);
  const context = encodeWindow(ops, weights, hyper, {
    values: ops.multiply(values, visible),
    mask: visible,
    static: batch.static,
  });
  const velocityAt = (noisy: T, step: T): T =>
    predictVelocity(ops, weights, hyper, { noisy, mask: visible, context, step });
  const guess = detach(ops.scale(velocityAt(noise, ops.constant(Float32Array.of(1), [1, 1])), -1));
  const known = ops.expandDims(values, 1);
  const target = fillGaps(ops, known, ops.expandDims(batch.mask, 1), guess);
  const noisy = ops.add(ops.multiply(target, alpha), ops.multiply(noise, sigma));
  const velocity = velocityAt(noisy, batch.step);
  const trueVelocity = ops.subtract(ops.multiply(noise, alpha), ops.multiply(target, sigma));
  const hidden = ops.expandDims(batch.hidden, 1);
  const squared = ops.multiply(ops.square(ops.subtract(velocity, trueVelocity)), hidden);
  const everywhere = [0, 1, 2, 3];
  const entries = ops.offset(ops.reduceSum(hidden, everywhere), 1e-6);
  return {
    imputation: ops.divide(ops.reduceSum(squared, everywhere), entries),
    clean: ops.subtract(ops.multiply(noisy, alpha), ops.multiply(velocity, sigma)),
  };
}

/** The value where the mask is 1, the filling elsewhere. */
function fillGaps<T>(ops: Ops<T>, values: T, mask: T, filling: T): T {
  const missing = ops.offset(ops.scale(mask, -1), 1);
  return ops.add(ops.multiply(values, mask), ops.multiply(filling, missing));
}
