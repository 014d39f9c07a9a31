import { batchNorm, batchStatistics, type BatchStatistics } from './batch-norm.js';
import type { HyperParameters } from './hyper-parameters.js';
import { linearLayer } from './linear-layer.js';
import type { Ops } from './ops.js';
import { riskPrefix, runningAverageNames } from './weight-plan.js';
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

/** What one risk network says of each stay. */
export interface RiskAssessment<T> {
  /** [batch]; the risk is its sigmoid */
  logit: T;
  /** [batch, embedding] */
  embedding: T;
}

/** What all risk networks of a release say of each stay. */
export interface RiskAssessments<T> {
  /** [batch, member] */
  logit: T;
  /** [batch, member x embedding], one network's numbers after the other's */
  embedding: T;
}

/** How units are normalised and silenced: by the batch at hand in training, by the running averages among the weights afterwards. */
export type RiskMode<T> =
  | { training: false }
  /** Masks hold 0 or 1 / (1 − rate): `dropoutMask` [batch, lstmUnits], `statisticMask` [batch, statisticUnits]. */
  | { training: true; dropoutMask: T; statisticMask: T };

/** Reads windows with every risk network of a release, as they are served. */
export function assessRisks<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  windows: CompleteWindows<T>,
): RiskAssessments<T> {
  const said = Array.from({ length: hyper.risk.members }, (_, member) =>
    assessRisk(ops, weights, hyper, windows, { training: false }, member),
  );
  const logits = said.map(({ logit }) => ops.expandDims(logit, 1));
  return {
    logit: ops.concat(logits, 1),
    embedding: ops.concat(
      said.map(({ embedding }) => embedding),
      1,
    ),
  };
}

/**
 * Risk of in-hospital death, read in two ways: two LSTM layers over the hours (imputed values included), batch-normalised; and two dense layers
 * over the statistics of what was measured and the static numbers. A dense layer and a way past it join them to the embedding, of
 * which one number is the logit.
 *
 * In training it also returns the statistics of the batch, of which the caller keeps running averages.
 * @param member which of the release's risk networks, from 0
 */
export function assessRisk<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  windows: CompleteWindows<T>,
  mode: RiskMode<T>,
  member = 0,
): RiskAssessment<T> & { batchStatistics: BatchStatistics<T> } {
  const own = riskPrefix(member);
  const last = readHours(ops, weights, hyper, windows, own);
  const statistics = mode.training ? batchStatistics(ops, last) : runningStatistics(weights, member);
  const normalised = batchNorm(ops, weights, `${own}.norm`, last, statistics);
  const course = mode.training ? ops.multiply(normalised, mode.dropoutMask) : normalised;
  const summary = readStatistics(ops, weights, hyper, windows, mode, own);
  const joined = ops.concat([course, summary, windows.static], 1);
  const dense = ops.gelu(linearLayer(ops, weights, `${own}.dense`, joined));
  // past the dense layer, too: where all of its units are silent, the sickest would else be told apart no more
  const embedding = ops.add(
    linearLayer(ops, weights, `${own}.embedding`, dense),
    linearLayer(ops, weights, `${own}.past`, joined),
  );
  const logit = ops.reshape(linearLayer(ops, weights, `${own}.head`, embedding), [-1]);
  return { logit, embedding, batchStatistics: statistics };
}

/** [batch, lstmUnits] of the last hour. */
function readHours<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  { values, mask, hoursSince }: CompleteWindows<T>,
  own: string,
): T {
  const elapsed = ops.scale(hoursSince, 1 / hyper.hours);
  const byHour = ops.transpose(ops.concat([values, mask, elapsed], 1), [2, 0, 1]);
  const first = ops.lstm(byHour, lstmOf(weights, `${own}.lstm1`), 'sequence');
  return ops.lstm(first, lstmOf(weights, `${own}.lstm2`), 'last');
}

/** [batch, statisticUnits] */
function readStatistics<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  windows: CompleteWindows<T>,
  mode: RiskMode<T>,
  own: string,
): T {
  const flat = ops.reshape(windows.statistics, [-1, hyper.signals * hyper.statistics]);
  const wide = ops.gelu(linearLayer(ops, weights, `${own}.statistics1`, ops.concat([flat, windows.static], 1)));
  const kept = mode.training ? ops.multiply(wide, mode.statisticMask) : wide;
  return ops.gelu(linearLayer(ops, weights, `${own}.statistics2`, kept));
}

function runningStatistics<T>(weights: Weights<T>, member: number): BatchStatistics<T> {
  const { mean, variance } = runningAverageNames(member);
  return { mean: weight(weights, mean), variance: weight(weights, variance) };
}

function lstmOf<T>(weights: Weights<T>, name: string): { input: T; recurrent: T; bias: T } {
  return {
    input: weight(weights, `${name}.input`),
    recurrent: weight(weights, `${name}.recurrent`),
    bias: weight(weights, `${name}.bias`),
  };
}
