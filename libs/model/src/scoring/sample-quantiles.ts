/** Median and bounds of the central 90 % of some numbers. */
export interface CentralInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Quantiles .05, .5 and .95; at least one number.
 *
 * Position p (n + 1) among the order statistics (type 6 of Hyndman and Fan, Am Stat 1996;50:361): between the bounds of 19 draws a further draw
 * lies 90 % of the time. The usual p (n - 1) would promise that and hold less.
 */
export function centralInterval(samples: readonly number[]): CentralInterval {
  const sorted = Float64Array.from(samples).sort();
  return { low: quantile(sorted, 0.05), median: quantile(sorted, 0.5), high: quantile(sorted, 0.95) };
}

function quantile(sorted: Float64Array, level: number): number {
  const position = Math.max(0, Math.min(sorted.length - 1, level * (sorted.length + 1) - 1));
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
