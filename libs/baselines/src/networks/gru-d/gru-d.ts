import { linearLayer, weight, type Ops, type Weights } from '#network';
import { dropout } from '../parts/dropout.js';
import { crossEntropy } from '../parts/losses.js';
import { linearArrays, type PlannedArray } from '../parts/planned-array.js';
import { temporalDecay } from '../parts/temporal-decay.js';
import type { PredictorNetwork } from '../training/predictor-network.js';
import type { GridSize, WindowBatch } from '../training/window-batch.js';
import { hourlyInputs } from './hourly-inputs.js';

/** Sizes of GRU-D. */
export interface GruDSizes {
  readonly units: number;
  /** Share of the last state's units silenced in training. */
  readonly dropout: number;
}

/**
 * GRU-D (Che et al. 2018, "Recurrent neural networks for multivariate time series with missing values"): a gated recurrent unit whose
 * missing inputs decay from the last value towards the mean, and whose state decays too, both by the time since the last observation.
 *
 * The mean of a normalised signal is 0. Loss: binary cross-entropy.
 */
export function gruD(sizes: GruDSizes): PredictorNetwork {
  return {
    id: 'gru-d',
    plan: (size) => planGruD(sizes, size),
    loss: (ops, weights, batch, random) => ({
      loss: crossEntropy(ops, logitOf(ops, weights, sizes, batch, random), ops.constant(batch.labels, [batch.count])),
    }),
    logit: (ops, weights, batch) => logitOf(ops, weights, sizes, batch),
  };
}

function planGruD({ units }: GruDSizes, { signals, staticSize }: GridSize): PlannedArray[] {
  return [
    { name: 'inputDecay.weight', shape: [1, signals], start: 'ones' },
    { name: 'inputDecay.bias', shape: [signals], start: 'zeros' },
    ...linearArrays('stateDecay', signals, units),
    ...linearArrays('inputs', 2 * signals, 3 * units),
    { name: 'gates.recurrent', shape: [units, 2 * units], start: 'glorot' },
    { name: 'candidate.recurrent', shape: [units, units], start: 'glorot' },
    ...linearArrays('head', units + staticSize, 1),
  ];
}

/** Inputs with gaps filled by decay (equation 11), [hour, batch, signal] as all of them. */
export function decayedInputs<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  { values, mask, last, elapsed }: Readonly<Record<'values' | 'mask' | 'last' | 'elapsed', T>>,
): T {
  const slope = ops.multiply(elapsed, weight(weights, 'inputDecay.weight'));
  const decay = temporalDecay(ops, ops.add(slope, weight(weights, 'inputDecay.bias')));
  const gaps = ops.offset(ops.scale(mask, -1), 1);
  return ops.add(values, ops.multiply(gaps, ops.multiply(decay, last)));
}

function logitOf<T>(ops: Ops<T>, weights: Weights<T>, sizes: GruDSizes, batch: WindowBatch, random?: () => number): T {
  const { count, staticSize } = batch;
  const last = lastState(ops, weights, sizes, batch);
  const drop = { rows: count, units: sizes.units, rate: sizes.dropout };
  const kept = random === undefined ? last : dropout(ops, last, drop, random);
  const stay = ops.constant(batch.static, [count, staticSize]);
  return ops.reshape(linearLayer(ops, weights, 'head', ops.concat([kept, stay], 1)), [-1]);
}

/** Runs the hours (equations 12 to 16); what does not depend on the state is computed for all of them at once. */
function lastState<T>(ops: Ops<T>, weights: Weights<T>, { units }: GruDSizes, batch: WindowBatch): T {
  const { hours, count, signals } = batch;
  const plain = hourlyInputs(batch);
  const all = [hours, count, signals];
  const [values, mask, last, elapsed] = [plain.values, plain.mask, plain.last, plain.elapsed].map((x) =>
    ops.constant(x, all),
  ) as [T, T, T, T];
  const seen = decayedInputs(ops, weights, { values, mask, last, elapsed });
  const byHour = (x: T, width: number): T[] => ops.split(x, hours, 0).map((hour) => ops.reshape(hour, [count, width]));
  const inputs = byHour(linearLayer(ops, weights, 'inputs', ops.concat([seen, mask], 2)), 3 * units);
  const decays = byHour(temporalDecay(ops, linearLayer(ops, weights, 'stateDecay', elapsed)), units);
  const toGates = weight(weights, 'gates.recurrent');
  const toCandidate = weight(weights, 'candidate.recurrent');
  let state = ops.constant(new Float32Array(count * units), [count, units]);
  inputs.forEach((input, hour) => {
    const [forReset, forUpdate, forCandidate] = ops.split(input, 3, 1) as [T, T, T];
    const before = ops.multiply(state, decays[hour]!);
    const [resetSum, updateSum] = ops.split(ops.matmul(before, toGates), 2, 1) as [T, T];
    const reset = ops.sigmoid(ops.add(forReset, resetSum));
    const update = ops.sigmoid(ops.add(forUpdate, updateSum));
    const candidate = ops.tanh(ops.add(forCandidate, ops.matmul(ops.multiply(reset, before), toCandidate)));
    state = ops.add(before, ops.multiply(update, ops.subtract(candidate, before)));
  });
  return state;
}
