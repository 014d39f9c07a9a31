import type { Ops } from '#network';
import { maskedAbsoluteError } from '../parts/losses.js';
import type { HiddenBatch, WindowBatch } from '../training/window-batch.js';
import { bothWays } from './both-ways.js';
import type { RitsEstimates } from './rits.js';

/** Weight of the difference between both directions, as in the authors' code. */
const CONSISTENCY_WEIGHT = 0.1;
const ALL_AXES = [0, 1, 2, 3];

/**
 * Mean absolute error of the three estimates at every measured entry, hidden or not, plus the mean absolute difference of the two
 * directions (Cao et al. 2018, equations 11 and 12).
 */
export function imputationLoss<T>(ops: Ops<T>, estimates: RitsEstimates<T>, batch: HiddenBatch): T {
  const measured = batch.mask.map((shown, entry) => shown + batch.hidden[entry]!);
  const { values, mask } = bothWays({ ...batch, values: batch.truth, mask: measured });
  const grid = [2, batch.hours, batch.count, batch.signals];
  const [truth, counted] = [ops.constant(values, grid), ops.constant(mask, grid)];
  const error = (found: T): T => maskedAbsoluteError(ops, found, truth, counted, ALL_AXES);
  const { history, features, combined } = estimates;
  const [forwards, backwards] = directions(ops, combined, batch);
  const difference = ops.reduceMean(ops.abs(ops.subtract(forwards, backwards)), [0, 1, 2]);
  const errors = ops.add(ops.add(error(history), error(features)), error(combined));
  return ops.add(errors, ops.scale(difference, CONSISTENCY_WEIGHT));
}

/** The mean of both directions: [batch, signal, hour]. */
export function meanOfDirections<T>(ops: Ops<T>, { combined }: RitsEstimates<T>, batch: WindowBatch): T {
  const [forwards, backwards] = directions(ops, combined, batch);
  return ops.transpose(ops.scale(ops.add(forwards, backwards), 0.5), [1, 2, 0]);
}

/** [2, hour, batch, signal] → [hour, batch, signal] of each direction, both in the order of the clock. */
function directions<T>(ops: Ops<T>, both: T, { hours, count, signals }: WindowBatch): [T, T] {
  const [forwards, turned] = ops.split(both, 2, 0).map((one) => ops.reshape(one, [hours, count, signals])) as [T, T];
  return [forwards, ops.concat(ops.split(turned, hours, 0).reverse(), 0)];
}
