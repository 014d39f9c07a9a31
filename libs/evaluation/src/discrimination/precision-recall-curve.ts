import { thinCurve } from './thin-curve.js';
import { sweepThresholds } from './threshold-sweep.js';

/** A point of the precision-recall curve. */
export interface PrecisionRecallPoint {
  /** Rows at or above it are flagged. */
  readonly threshold: number;
  /** Share of deaths flagged. */
  readonly recall: number;
  /** Share of the flagged who died. */
  readonly precision: number;
}

/**
 * The precision-recall curve, from the highest threshold to the lowest. Between two points it is a step, not a straight line (Davis and
 * Goadrich, ICML 2006): the gain in recall has the precision of the later one, as in {@link averagePrecision}.
 *
 * @param labels 1 died, 0 survived
 * @param most   points to keep at most; see {@link thinCurve}. The area of 200 points is that of all to about .002
 * @returns empty without a death
 */
export function precisionRecallCurve(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  most = 200,
): PrecisionRecallPoint[] {
  const { deaths, thresholds, deathsFlagged, survivorsFlagged } = sweepThresholds(scores, labels);
  if (deaths === 0) return [];
  const points = Array.from(thresholds, (threshold, step): PrecisionRecallPoint => ({
    threshold,
    recall: deathsFlagged[step]! / deaths,
    precision: deathsFlagged[step]! / (deathsFlagged[step]! + survivorsFlagged[step]!),
  }));
  return thinCurve(
    points,
    ({ recall }) => recall,
    ({ precision }) => precision,
    most,
  );
}
