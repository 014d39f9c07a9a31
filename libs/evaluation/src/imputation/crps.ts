import { quantileOfSorted } from '../quantile.js';

/** Levels of the quantiles: .05, .10, ... .95. */
export const CRPS_LEVELS: readonly number[] = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);

/**
 * Continuous ranked probability score, as a sum of quantile losses over 19 levels, normalised by the sum of absolute true values.
 *
 * The definition of Tashiro et al., CSDI, NeurIPS 2021 (appendix), so figures can stand beside theirs. The normalisation depends on
 * the scale's zero: compute it on standardised values.
 *
 * @param samples [entry][sample] imputed draws of each hidden entry
 * @param truth   [entry]
 */
export function normalisedCrps(samples: readonly ArrayLike<number>[], truth: ArrayLike<number>): number {
  if (samples.length !== truth.length)
    throw new RangeError(`${samples.length} sets of samples but ${truth.length} true values: give one for each`);
  let loss = 0;
  let scale = 0;
  for (let entry = 0; entry < truth.length; entry++) {
    scale += Math.abs(truth[entry]!);
    loss += quantileLoss(Float64Array.from(samples[entry]!).sort(), truth[entry]!);
  }
  return loss / scale;
}

/**
 * The part of one entry in {@link normalisedCrps}, before the sum of absolute values divides it: the mean over the levels.
 *
 * @param sorted samples of the entry, ascending
 */
export function quantileLoss(sorted: Float64Array, target: number): number {
  const loss = CRPS_LEVELS.reduce((sum, level) => {
    const quantile = quantileOfSorted(sorted, level);
    return sum + 2 * Math.abs((quantile - target) * ((target <= quantile ? 1 : 0) - level));
  }, 0);
  return loss / CRPS_LEVELS.length;
}
