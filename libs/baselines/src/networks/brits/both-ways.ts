import { elapsedHours } from '../parts/elapsed-hours.js';
import type { WindowBatch } from '../training/window-batch.js';

/** A batch as the two directions of BRITS read it: the first half forwards, the second with the hours turned round. */
export interface BothWays {
  /** [2, hour, batch, signal] 0 where the mask is 0 */
  readonly values: Float32Array;
  /** [2, hour, batch, signal] */
  readonly mask: Float32Array;
  /** [2, hour, batch, signal] time since the last observation on the way, as a share of the window */
  readonly elapsed: Float32Array;
}

/** Lays a batch out for both directions. */
export function bothWays(batch: WindowBatch): BothWays {
  const { hours, mask, values } = batch;
  const turned = { values: turnHours(values, hours), mask: turnHours(mask, hours) };
  const share = (rows: Float32Array): Float32Array => elapsedHours(rows, hours).map((elapsed) => elapsed / hours);
  const join = (forwards: Float32Array, backwards: Float32Array): Float32Array => {
    const joined = new Float32Array(2 * forwards.length);
    joined.set(hoursFirst(forwards, batch), 0);
    joined.set(hoursFirst(backwards, batch), forwards.length);
    return joined;
  };
  return {
    values: join(values, turned.values),
    mask: join(mask, turned.mask),
    elapsed: join(share(mask), share(turned.mask)),
  };
}

/** Turns the hours of every row round: [row, hour] → [row, hour]. */
export function turnHours(rows: Float32Array, hours: number): Float32Array {
  return rows.map((_, entry) => rows[entry - (entry % hours) + hours - 1 - (entry % hours)]!);
}

/** [batch, signal, hour] → [hour, batch, signal] */
export function hoursFirst(rows: Float32Array, { count, signals, hours }: WindowBatch): Float32Array {
  const laid = new Float32Array(rows.length);
  for (let window = 0; window < count; window++) {
    for (let signal = 0; signal < signals; signal++) {
      for (let hour = 0; hour < hours; hour++)
        laid[(hour * count + window) * signals + signal] = rows[(window * signals + signal) * hours + hour]!;
    }
  }
  return laid;
}
