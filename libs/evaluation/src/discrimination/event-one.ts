import { sweepThresholds } from './threshold-sweep.js';

/** The first score of the PhysioNet/Computing in Cardiology Challenge 2012, and the threshold that gives it. */
export interface EventOne {
  readonly score: number;
  readonly threshold: number;
}

/**
 * Event 1 of Challenge 2012: the smaller of sensitivity and positive predictive value, at the threshold where that is greatest (Silva et
 * al., Computing in Cardiology 2012;39:245).
 *
 * The challenge let entrants fix their threshold on set-a; the greatest over the judged rows themselves is an upper bound of that. For the
 * strict form, take `threshold` from training rows and the smaller of the two of `operatingPoint`.
 *
 * @param labels 1 died, 0 survived
 * @returns NaN for both without a death
 */
export function eventOne(scores: ArrayLike<number>, labels: ArrayLike<number>): EventOne {
  const { deaths, thresholds, deathsFlagged, survivorsFlagged } = sweepThresholds(scores, labels);
  if (deaths === 0) return { score: Number.NaN, threshold: Number.NaN };
  let best: EventOne = { score: -1, threshold: Number.NaN };
  thresholds.forEach((threshold, step) => {
    const found = deathsFlagged[step]!;
    const score = Math.min(found / deaths, found / (found + survivorsFlagged[step]!));
    if (score > best.score) best = { score, threshold };
  });
  return best;
}
