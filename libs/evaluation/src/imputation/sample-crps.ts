/** Continuous ranked probability score from samples, a mean over entries, in the unit of the values. */
export interface SampleCrps {
  /** Of the samples as they are: the score of their empirical distribution. */
  readonly crps: number;
  /** Of the distribution that they were drawn from: does not fall merely because more are drawn. NaN with a single sample. */
  readonly fairCrps: number;
}

/**
 * Exact score of samples in its energy form, mean |x - y| - mean |x - x'| / 2 (Gneiting and Raftery, J Am Stat Assoc 2007;102:359, eq. 21),
 * and its fair version, which leaves a sample's distance to itself out of the second mean (Ferro, Q J R Meteorol Soc 2014;140:1917).
 *
 * Unlike `normalisedCrps` it has no levels that leave the tails out, and a unit; with one sample it is the absolute error.
 *
 * @param samples [entry][sample]
 * @param truth   [entry]
 */
export function sampleCrps(samples: readonly ArrayLike<number>[], truth: ArrayLike<number>): SampleCrps {
  if (samples.length !== truth.length)
    throw new RangeError(`${samples.length} sets of samples but ${truth.length} true values: give one for each`);
  let crps = 0;
  let fairCrps = 0;
  samples.forEach((draws, entry) => {
    const { error, spread } = errorAndSpread(Float64Array.from(draws).sort(), truth[entry]!);
    crps += error - spread / (2 * draws.length ** 2);
    fairCrps += error - spread / (2 * draws.length * (draws.length - 1));
  });
  return { crps: crps / truth.length, fairCrps: fairCrps / truth.length };
}

/** Mean distance to the truth, and the sum of the distances of all ordered pairs of samples. */
function errorAndSpread(sorted: Float64Array, truth: number): { error: number; spread: number } {
  let error = 0;
  let spread = 0;
  for (let at = 0; at < sorted.length; at++) {
    error += Math.abs(sorted[at]! - truth);
    spread += 2 * (2 * at - sorted.length + 1) * sorted[at]!;
  }
  return { error: error / sorted.length, spread };
}
