import { weight, type Ops, type Weights } from '#network';
import { lstmStep } from '../parts/lstm-step.js';
import type { PlannedArray } from '../parts/planned-array.js';
import { temporalDecay } from '../parts/temporal-decay.js';
import type { GridSize, WindowBatch } from '../training/window-batch.js';
import { bothWays } from './both-ways.js';

/** What the two directions of BRITS say of a batch; [2, hour, batch, signal] each, the second direction in its own order of hours. */
export interface RitsEstimates<T> {
  /** From the past alone. */
  readonly history: T;
  /** From the other signals of the hour. */
  readonly features: T;
  /** Both weighed. */
  readonly combined: T;
  /** [2, batch, units] state after the last hour of each direction. */
  readonly last: T;
}

/** The arrays of both directions, each with a leading axis of 2. */
export function planRits(units: number, { signals }: GridSize): PlannedArray[] {
  const pair = (name: string, inputs: number, outputs: number): PlannedArray[] => [
    { name: `${name}.weight`, shape: [2, inputs, outputs], start: 'glorot' },
    { name: `${name}.bias`, shape: [2, 1, outputs], start: 'zeros' },
  ];
  return [
    ...pair('history', units, signals),
    ...pair('features', signals, signals),
    { name: 'inputDecay.weight', shape: [2, 1, signals], start: 'ones' },
    { name: 'inputDecay.bias', shape: [2, 1, signals], start: 'zeros' },
    ...pair('stateDecay', signals, units),
    ...pair('combine', 2 * signals, signals),
    ...pair('lstm', 2 * signals, 4 * units),
    { name: 'lstm.recurrent', shape: [2, units, 4 * units], start: 'glorot' },
  ];
}

/**
 * Recurrent imputation in both directions at once (Cao et al. 2018, equations 1 to 10): every entry is estimated from the state before
 * its hour, then from the other signals of the hour, and what is measured replaces the estimate before the state moves on. Between
 * two hours the state decays by the time since each signal was last seen.
 */
export function runRits<T>(ops: Ops<T>, weights: Weights<T>, units: number, batch: WindowBatch): RitsEstimates<T> {
  const { hours, count, signals } = batch;
  const inputs = bothWays(batch);
  const grid = [2, hours, count, signals];
  const all = [2, hours * count, signals];
  const byHour = (x: T, width: number): T[] =>
    ops.split(ops.reshape(x, [2, hours, count, width]), hours, 1).map((hour) => ops.reshape(hour, [2, count, width]));
  const [values, mask, elapsed] = [inputs.values, inputs.mask, inputs.elapsed].map((x) => ops.constant(x, all)) as [
    T,
    T,
    T,
  ];
  const known = byHour(values, signals);
  const gaps = byHour(ops.offset(ops.scale(mask, -1), 1), signals);
  const fixed = beforeTheHours(ops, weights, mask, elapsed);
  const decays = byHour(fixed.stateDecay, units);
  const shares = byHour(fixed.share, signals);
  const gates = byHour(fixed.gates, 4 * units);
  const offDiagonal = ops.multiply(
    weight(weights, 'features.weight'),
    ops.constant(withoutDiagonal(signals), [1, signals, signals]),
  );
  const [fromValues] = ops.split(weight(weights, 'lstm.weight'), 2, 1) as [T];
  let hidden = ops.constant(new Float32Array(2 * count * units), [2, count, units]);
  let cell = hidden;
  const steps: { history: T; features: T; combined: T }[] = [];
  for (let hour = 0; hour < hours; hour++) {
    const history = affine(ops, hidden, weight(weights, 'history.weight'), weight(weights, 'history.bias'));
    const guessed = ops.add(known[hour]!, ops.multiply(gaps[hour]!, history));
    const features = affine(ops, guessed, offDiagonal, weight(weights, 'features.bias'));
    const combined = ops.add(history, ops.multiply(shares[hour]!, ops.subtract(features, history)));
    steps.push({ history, features, combined });
    const filled = ops.add(known[hour]!, ops.multiply(gaps[hour]!, combined));
    const decayed = ops.multiply(hidden, decays[hour]!);
    const fromState = ops.matmul(decayed, weight(weights, 'lstm.recurrent'));
    const sum = ops.add(ops.add(gates[hour]!, ops.matmul(filled, fromValues)), fromState);
    ({ hidden, cell } = lstmStep(ops, sum, cell));
  }
  const stacked = (pick: (step: (typeof steps)[number]) => T): T =>
    ops.reshape(
      ops.concat(
        steps.map((step) => ops.expandDims(pick(step), 1)),
        1,
      ),
      grid,
    );
  return {
    history: stacked((step) => step.history),
    features: stacked((step) => step.features),
    combined: stacked((step) => step.combined),
    last: hidden,
  };
}

/** What depends on mask and elapsed time only, for all hours at once: [2, hour · batch, ...]. */
function beforeTheHours<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  mask: T,
  elapsed: T,
): { stateDecay: T; share: T; gates: T } {
  const own = (name: string): [T, T] => [weight(weights, `${name}.weight`), weight(weights, `${name}.bias`)];
  const [slope, start] = own('inputDecay');
  const inputDecay = temporalDecay(ops, ops.add(ops.multiply(elapsed, slope), start));
  const share = ops.sigmoid(affine(ops, ops.concat([inputDecay, mask], 2), ...own('combine')));
  const [, fromMask] = ops.split(weight(weights, 'lstm.weight'), 2, 1) as [T, T];
  return {
    stateDecay: temporalDecay(ops, affine(ops, elapsed, ...own('stateDecay'))),
    share,
    gates: affine(ops, mask, fromMask, weight(weights, 'lstm.bias')),
  };
}

/** [2, rows, i] × [2, i, o] + [2, 1, o] */
function affine<T>(ops: Ops<T>, x: T, by: T, bias: T): T {
  return ops.add(ops.matmul(x, by), bias);
}

/** [signal, signal] of ones, but for the diagonal: a signal is not estimated from itself. */
function withoutDiagonal(signals: number): Float32Array {
  return Float32Array.from({ length: signals * signals }, (_, at) =>
    Math.floor(at / signals) === at % signals ? 0 : 1,
  );
}
