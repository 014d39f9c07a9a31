import { batchNorm, batchStatistics, weight, type LstmWeights, type Ops, type Weights } from '#network';
import { dropout } from '../parts/dropout.js';
import { lstmArrays, normArrays, type PlannedArray } from '../parts/planned-array.js';
import type { GridSize, WindowBatch } from '../training/window-batch.js';

/** Sizes of the recurrent part that LSTM and Siamese share. */
export interface BranchSizes {
  /** Units of each of the two LSTM layers. */
  readonly units: number;
  /** Share of units silenced in training. */
  readonly dropout: number;
}

const RUNNING_MEAN = 'norm.runningMean';
const RUNNING_VARIANCE = 'norm.runningVariance';

/** The arrays of {@link recurrentBranch}. */
export function planBranch({ units }: BranchSizes, { signals }: GridSize): PlannedArray[] {
  return [
    ...lstmArrays('lstm1', signals, units),
    ...lstmArrays('lstm2', units, units),
    ...normArrays('norm', units),
    { name: RUNNING_MEAN, shape: [units], start: 'zeros' },
    { name: RUNNING_VARIANCE, shape: [units], start: 'ones' },
  ];
}

/**
 * The published recurrent part: two LSTM layers over the hours, batch normalisation, dropout. It looks at complete values only, so what
 * it knows of gaps is what an imputer put there.
 * @param random when training; the batch's own statistics then normalise, and are returned by the names of their running averages
 * @returns      units [batch, units]
 */
export function recurrentBranch<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  sizes: BranchSizes,
  batch: WindowBatch,
  random?: () => number,
): { units: T; statistics: Record<string, T> } {
  const { count, signals, hours } = batch;
  const byHour = ops.transpose(ops.constant(batch.values, [count, signals, hours]), [2, 0, 1]);
  const first = ops.lstm(byHour, lstmOf(weights, 'lstm1'), 'sequence');
  const last = ops.lstm(first, lstmOf(weights, 'lstm2'), 'last');
  const kept = { mean: weight(weights, RUNNING_MEAN), variance: weight(weights, RUNNING_VARIANCE) };
  const statistics = random === undefined ? kept : batchStatistics(ops, last);
  const normalised = batchNorm(ops, weights, 'norm', last, statistics);
  const drop = { rows: count, units: sizes.units, rate: sizes.dropout };
  return {
    units: random === undefined ? normalised : dropout(ops, normalised, drop, random),
    statistics: { [RUNNING_MEAN]: statistics.mean, [RUNNING_VARIANCE]: statistics.variance },
  };
}

function lstmOf<T>(weights: Weights<T>, name: string): LstmWeights<T> {
  const part = (array: string): T => weight(weights, `${name}.${array}`);
  return { input: part('input'), recurrent: part('recurrent'), bias: part('bias') };
}
