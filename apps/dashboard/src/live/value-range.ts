import { isSignalId, signalDefinition } from '#clinical';
import type { ImputedHour } from './imputed-hours.js';
import type { TrendPoint } from './trend-series.js';

/** Least share of a signal's plausible range that an axis spans, so that noise does not look like a crisis. */
const LEAST_SHARE = 0.03;

/** Room above and below, as a share of the span. */
const ROOM = 0.1;

/**
 * How far an imputed band may stretch the axis beyond the measured values: twice what those span, and at least this share of the
 * plausible range. A wider band runs off the chart, so that it cannot press the measured values flat.
 */
const STRETCH_SPANS = 2;
const LEAST_STRETCH_SHARE = 0.08;

/** Range of a signal's axis over what is shown between two times: measured values and, as far as they leave those readable, imputed bands. */
export function valueRange(
  signal: string,
  points: readonly TrendPoint[],
  hours: readonly ImputedHour[],
  [fromMs, toMs]: readonly [number, number],
): [low: number, high: number] {
  const [least, most] = isSignalId(signal) ? signalDefinition(signal).plausible : [0, 1];
  const measured = bounds(points.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs));
  const imputed = bounds(hours.filter((hour) => hour.toMs >= fromMs && hour.fromMs <= toMs));
  const joined = measured ? stretched(measured, imputed, (most - least) * LEAST_STRETCH_SHARE) : imputed;
  if (!joined) return [least, most];
  const [low, high] = joined;
  const span = Math.max(high - low, (most - least) * LEAST_SHARE) * (1 + 2 * ROOM);
  const middle = (low + high) / 2;
  return [middle - span / 2, middle + span / 2];
}

type Bounds = readonly [low: number, high: number];

function bounds(values: readonly { readonly low: number; readonly high: number }[]): Bounds | undefined {
  if (values.length === 0) return undefined;
  return [Math.min(...values.map(({ low }) => low)), Math.max(...values.map(({ high }) => high))];
}

function stretched([low, high]: Bounds, imputed: Bounds | undefined, leastStretch: number): Bounds {
  if (!imputed) return [low, high];
  const most = Math.max(leastStretch, STRETCH_SPANS * (high - low));
  return [Math.max(low - most, Math.min(low, imputed[0])), Math.min(high + most, Math.max(high, imputed[1]))];
}
