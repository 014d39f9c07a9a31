import type { TrendPoint } from './trend-series.js';

/** Columns of a chart: times in epoch milliseconds and values, null where the line is broken. */
export type ChartColumns = [times: number[], values: (number | null)[]];

/**
 * Measured points as columns. Where two points are further apart than `gapMs`, the line between them is broken: a line across hours in
 * which nothing was measured would claim what nobody saw.
 */
export function chartColumns(points: readonly TrendPoint[], gapMs: number): ChartColumns {
  const times: number[] = [];
  const values: (number | null)[] = [];
  let lastMs = Infinity;
  for (const { atMs, value } of points) {
    if (atMs - lastMs > gapMs) {
      times.push(lastMs + 1);
      values.push(null);
    }
    times.push(atMs);
    values.push(value);
    lastMs = atMs;
  }
  return [times, values];
}

/** Nearest measured point within reach of a time. Points are oldest first. */
export function nearestPoint(points: readonly TrendPoint[], atMs: number, reachMs: number): TrendPoint | undefined {
  let nearest: TrendPoint | undefined;
  for (const point of points) {
    const distance = Math.abs(point.atMs - atMs);
    if (distance <= reachMs && (!nearest || distance < Math.abs(nearest.atMs - atMs))) nearest = point;
  }
  return nearest;
}
