/** Median and bounds of the central 90 % of some numbers. */
export interface CentralInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Quantiles .05, .5 and .95 by linear interpolation between order statistics; at least one number. */
export function centralInterval(samples: readonly number[]): CentralInterval {
  const sorted = Float64Array.from(samples).sort();
  return { low: quantile(sorted, 0.05), median: quantile(sorted, 0.5), high: quantile(sorted, 0.95) };
}

function quantile(sorted: Float64Array, level: number): number {
  const position = level * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
