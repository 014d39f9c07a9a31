import { elapsedHours } from '../parts/elapsed-hours.js';
import { hoursFirst } from '../brits/both-ways.js';
import type { WindowBatch } from '../training/window-batch.js';

/** A batch as GRU-D reads it, [hour, batch, signal] each. */
export interface HourlyInputs {
  /** Measured values, 0 elsewhere. */
  readonly values: Float32Array;
  readonly mask: Float32Array;
  /** The last measured value before the hour, 0 (the mean) where there was none. */
  readonly last: Float32Array;
  /** Time since the last observation, as a share of the window. */
  readonly elapsed: Float32Array;
}

/** Lays a batch out by hour. What an imputer put into gaps is left out: GRU-D fills them by itself. */
export function hourlyInputs(batch: WindowBatch): HourlyInputs {
  const { values, mask, hours } = batch;
  const last = new Float32Array(values.length);
  for (let entry = 0; entry < last.length; entry++) {
    if (entry % hours !== 0) last[entry] = mask[entry - 1] === 1 ? values[entry - 1]! : last[entry - 1]!;
  }
  return {
    values: hoursFirst(
      values.map((value, entry) => (mask[entry] === 1 ? value : 0)),
      batch,
    ),
    mask: hoursFirst(mask, batch),
    last: hoursFirst(last, batch),
    elapsed: hoursFirst(
      elapsedHours(mask, hours).map((elapsed) => elapsed / hours),
      batch,
    ),
  };
}
