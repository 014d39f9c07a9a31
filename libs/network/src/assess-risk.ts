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
  /** [batch, signal, statistic] of the measured hours alone */
  statistics: T;
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
  /** Masks hold 0 or 1 / (1 − rate): `dropoutMask` [batch, lstmUnits], `statisticMask` [batch, statisticUnits]. */
  | { training: true; dropoutMask: T; statisticMask: T };

/**
 * Risk of in-hospital death, read in two ways: two LSTM layers over the hours (imputed values included), batch-normalised; and two dense layers
 * over the statistics of what was measured and the static numbers. A dense layer and a way past it join them to the embedding, of
 * which one number is the logit.
 *
 * In training it also returns the statistics of the batch, of which the caller keeps running averages.
 */
export function assessRisk<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  windows: CompleteWindows<T>,
  mode: RiskMode<T>,
): RiskAssessment<T> & { batchStatistics: BatchStatistics<T> } {
  const last = readHours(ops, weights, hyper, windows);
  const statistics = mode.training ? batchStatistics(ops, last) : runningStatistics(weights);
  const normalised = batchNorm(ops, weights, 'risk.norm', last, statistics);
  const course = mode.training ? ops.multiply(normalised, mode.dropoutMask) : normalised;
  const summary = readStatistics(ops, weights, hyper, windows, mode);
  const joined = ops.concat([course, summary, windows.static], 1);
  const dense = ops.gelu(linearLayer(ops, weights, 'risk.dense', joined));
  // past the dense layer, too: where all of its units are silent, the sickest would else be told apart no more
  const embedding = ops.add(
    linearLayer(ops, weights, 'risk.embedding', dense),
    linearLayer(ops, weights, 'risk.past', joined),
  );
  const logit = ops.reshape(linearLayer(ops, weights, 'risk.head', embedding), [-1]);
  return { logit, embedding, batchStatistics: statistics };
}

/** [batch, lstmUnits] of the last hour. */
function readHours<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  { values, mask, hoursSince }: CompleteWindows<T>,
): T {
  const elapsed = ops.scale(hoursSince, 1 / hyper.hours);
  const byHour = ops.transpose(ops.concat([values, mask, elapsed], 1), [2, 0, 1]);
  const first = ops.lstm(byHour, lstmOf(weights, 'risk.lstm1'), 'sequence');
  return ops.lstm(first, lstmOf(weights, 'risk.lstm2'), 'last');
}

/** [batch, statisticUnits] */
function readStatistics<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  windows: CompleteWindows<T>,
  mode: RiskMode<T>,
): T {
  const flat = ops.reshape(windows.statistics, [-1, hyper.signals * hyper.statistics]);
  const wide = ops.gelu(linearLayer(ops, weights, 'risk.statistics1', ops.concat([flat, windows.static], 1)));
  const kept = mode.training ? ops.multiply(wide, mode.statisticMask) : wide;
  return ops.gelu(linearLayer(ops, weights, 'risk.statistics2', kept));
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
