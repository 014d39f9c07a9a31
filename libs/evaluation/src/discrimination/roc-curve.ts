import { thinCurve } from './thin-curve.js';
import { sweepThresholds } from './threshold-sweep.js';

/** A point of the receiver operating characteristic. */
export interface RocPoint {
  /** Rows at or above it are flagged; Infinity for the first point, which flags none (JSON writes it as null). */
  readonly threshold: number;
  /** Share of survivors flagged, 1 - specificity. */
  readonly falsePositiveRate: number;
  /** Share of deaths flagged, the sensitivity. */
  readonly sensitivity: number;
}

/**
 * The receiver operating characteristic, from nothing flagged to everything; straight lines between its points hold ties (Fawcett, Pattern
 * Recogn Lett 2006;27:861).
 *
 * @param labels 1 died, 0 survived
 * @param most   points to keep at most; see {@link thinCurve}. The area of 200 points is that of all to about .001
 * @returns empty when only one class is present
 */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<number>, most = 200): RocPoint[] {
  const { deaths, survivors, thresholds, deathsFlagged, survivorsFlagged } = sweepThresholds(scores, labels);
  if (deaths === 0 || survivors === 0) return [];
  const points: RocPoint[] = [{ threshold: Infinity, falsePositiveRate: 0, sensitivity: 0 }];
  thresholds.forEach((threshold, step) =>
    points.push({
      threshold,
      falsePositiveRate: survivorsFlagged[step]! / survivors,
      sensitivity: deathsFlagged[step]! / deaths,
    }),
  );
  return thinCurve(
    points,
    ({ falsePositiveRate }) => falsePositiveRate,
    ({ sensitivity }) => sensitivity,
    most,
  );
}
