import { quantileOfDraws } from '#evaluation';

/** Median and bounds of the central 90 % of some numbers. */
export interface CentralInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Quantiles .05, .5 and .95 by {@link quantileOfDraws}; at least one number. */
export function centralInterval(samples: readonly number[]): CentralInterval {
  const sorted = Float64Array.from(samples).sort();
  return {
    low: quantileOfDraws(sorted, 0.05),
    median: quantileOfDraws(sorted, 0.5),
    high: quantileOfDraws(sorted, 0.95),
  };
}
