import { batchNorm, batchStatistics, type BatchStatistics } from './batch-norm.js';
import type { HyperParameters } from './hyper-parameters.js';
import { linearLayer } from './linear-layer.js';
import type { Ops } from './ops.js';
import { RUNNING_MEAN, RUNNING_VARIANCE } from './weight-plan.js';
import { weight, type Weights } from './weights.js';

/** A batch of windows without gaps. */
export interface CompleteWindows<T> {
  /** [batch, signal, hour] normalised, observed or imputed */
  values: T;
  /** [batch, signal, hour] 1 measured, 0 imputed */
  mask: T;
  /** [batch, signal, hour] hours since the signal was last measured, 0 where it is, at most the length of the window */
  hoursSince: T;
  /** [batch, static] */
  static: T;
}

/** What the risk network says of each stay. */
export interface RiskAssessment<T> {
  /** [batch]; the risk is its sigmoid */
  logit: T;
  /** [batch, embedding] */
  embedding: T;
}

/** How units are normalised and silenced: by the batch at hand in training, by the running averages among the weights afterwards. */
export type RiskMode<T> =
  | { training: false }
  /** `dropoutMask` [batch, lstmUnits] holds 0 or 1 / (1 − rate). */
  | { training: true; dropoutMask: T };

/**
 * Risk of in-hospital death: two LSTM layers over the hours, batch normalisation, dropout, a dense layer that also sees the static
 * numbers, the embedding, one logit.
 *
 * In training it also returns the statistics of the batch, of which the caller keeps running averages.
 */
export function assessRisk<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  windows: CompleteWindows<T>,
  mode: RiskMode<T>,
): RiskAssessment<T> & { statistics: BatchStatistics<T> } {
  const elapsed = ops.scale(windows.hoursSince, 1 / hyper.hours);
  const byHour = ops.transpose(ops.concat([windows.values, windows.mask, elapsed], 1), [2, 0, 1]);
  const first = ops.lstm(byHour, lstmOf(weights, 'risk.lstm1'), 'sequence');
  const last = ops.lstm(first, lstmOf(weights, 'risk.lstm2'), 'last');
  const statistics = mode.training ? batchStatistics(ops, last) : runningStatistics(weights);
  const normalised = batchNorm(ops, weights, 'risk.norm', last, statistics);
  const kept = mode.training ? ops.multiply(normalised, mode.dropoutMask) : normalised;
  const dense = ops.relu(linearLayer(ops, weights, 'risk.dense', ops.concat([kept, windows.static], 1)));
  const embedding = linearLayer(ops, weights, 'risk.embedding', dense);
  const logit = ops.reshape(linearLayer(ops, weights, 'risk.head', embedding), [-1]);
  return { logit, embedding, statistics };
}

function runningStatistics<T>(weights: Weights<T>): BatchStatistics<T> {
  return { mean: weight(weights, RUNNING_MEAN), variance: weight(weights, RUNNING_VARIANCE) };
}

function lstmOf<T>(weights: Weights<T>, name: string): { input: T; recurrent: T; bias: T } {
  return {
    input: weight(weights, `${name}.input`),
    recurrent: weight(weights, `${name}.recurrent`),
    bias: weight(weights, `${name}.bias`),
  };
}
