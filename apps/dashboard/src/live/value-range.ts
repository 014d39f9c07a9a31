import { isSignalId, signalDefinition } from '#clinical';
import type { ImputedHour } from './imputed-hours.js';
import type { TrendPoint } from './trend-series.js';

/** Least share of a signal's plausible range that an axis spans, so that noise does not look like a crisis. */
const LEAST_SHARE = 0.03;

/** Room above and below, as a share of the span. */
const ROOM = 0.1;

/** Range of a signal's axis over what is shown between two times: measured values and imputed bands. */
export function valueRange(
  signal: string,
  points: readonly TrendPoint[],
  hours: readonly ImputedHour[],
  [fromMs, toMs]: readonly [number, number],
): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const point of points) {
    if (point.atMs < fromMs || point.atMs > toMs) continue;
    low = Math.min(low, point.low);
    high = Math.max(high, point.high);
  }
  for (const hour of hours) {
    if (hour.toMs < fromMs || hour.fromMs > toMs) continue;
    low = Math.min(low, hour.low);
    high = Math.max(high, hour.high);
  }
  const [least, most] = isSignalId(signal) ? signalDefinition(signal).plausible : [0, 1];
  if (low > high) return [least, most];
  const span = Math.max(high - low, (most - least) * LEAST_SHARE) * (1 + 2 * ROOM);
  const middle = (low + high) / 2;
  return [middle - span / 2, middle + span / 2];
}
