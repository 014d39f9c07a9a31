import { quantileOfDraws } from '../quantile-of-draws.js';

/**
 * Share of true values that lie within the central interval of their samples. A calibrated imputer gives `level` (see
 * {@link quantileOfDraws}), or {@link coverageAtMost} where the samples are too few to show it.
 *
 * @param samples [entry][sample]
 * @param truth   [entry]
 * @param level   in (0, 1), for instance .9 for the 5-95 % interval
 */
export function intervalCoverage(
  samples: readonly ArrayLike<number>[],
  truth: ArrayLike<number>,
  level: number,
): number {
  if (samples.length !== truth.length)
    throw new RangeError(`${samples.length} sets of samples but ${truth.length} true values: give one for each`);
  let inside = 0;
  for (let entry = 0; entry < truth.length; entry++)
    if (isWithinInterval(Float64Array.from(samples[entry]!).sort(), truth[entry]!, level)) inside++;
  return inside / truth.length;
}

/** Whether a true value lies within the central interval of its samples, which are ascending. */
export function isWithinInterval(sorted: Float64Array, truth: number, level: number): boolean {
  const low = quantileOfDraws(sorted, (1 - level) / 2);
  const high = quantileOfDraws(sorted, (1 + level) / 2);
  return truth >= low && truth <= high;
}

/**
 * Coverage of a central interval of so many samples of a calibrated imputer. Between the least and the greatest of n draws lies a further
 * one (n - 1) times in n + 1, so nothing wider can be told of them: a 90 % interval takes 19.
 */
export function coverageAtMost(samples: number, level: number): number {
  return Math.min(level, (samples - 1) / (samples + 1));
}
