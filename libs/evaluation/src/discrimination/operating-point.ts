import { deathsToCatch } from '../deaths-to-catch.js';
import { sweepThresholds } from './threshold-sweep.js';

/** What flagging every row at or above a threshold gives. */
export interface OperatingPoint {
  readonly threshold: number;
  /** Share of deaths flagged. */
  readonly sensitivity: number;
  /** Share of survivors not flagged. */
  readonly specificity: number;
  /** Share of the flagged who died; NaN when none is flagged. */
  readonly positivePredictiveValue: number;
  /** Share of those not flagged who survived; NaN when all are flagged. */
  readonly negativePredictiveValue: number;
  /** Share of all rows flagged. */
  readonly flagged: number;
}

/**
 * Judges a threshold that was chosen before, on other data.
 *
 * @param labels 1 died, 0 survived
 */
export function operatingPoint(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  threshold: number,
): OperatingPoint {
  const sweep = sweepThresholds(scores, labels);
  const step = sweep.thresholds.findLastIndex((candidate) => candidate >= threshold);
  return pointOf(threshold, sweep.deathsFlagged[step] ?? 0, sweep.survivorsFlagged[step] ?? 0, sweep);
}

/**
 * The highest threshold that flags at least a share of the deaths. Choose it on training or validation rows, and judge it elsewhere by
 * {@link operatingPoint}.
 *
 * @param share  of deaths to flag, in (0, 1]
 * @returns undefined without a death
 */
export function operatingPointAtSensitivity(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  share: number,
): OperatingPoint | undefined {
  const sweep = sweepThresholds(scores, labels);
  const wanted = deathsToCatch(share, sweep.deaths);
  if (sweep.deaths === 0) return undefined;
  const step = sweep.deathsFlagged.findIndex((flagged) => flagged >= wanted);
  return pointOf(sweep.thresholds[step]!, sweep.deathsFlagged[step]!, sweep.survivorsFlagged[step]!, sweep);
}

function pointOf(
  threshold: number,
  deathsFlagged: number,
  survivorsFlagged: number,
  { deaths, survivors }: { deaths: number; survivors: number },
): OperatingPoint {
  const flagged = deathsFlagged + survivorsFlagged;
  const rows = deaths + survivors;
  return {
    threshold,
    sensitivity: deathsFlagged / deaths,
    specificity: (survivors - survivorsFlagged) / survivors,
    positivePredictiveValue: deathsFlagged / flagged,
    negativePredictiveValue: (survivors - survivorsFlagged) / (rows - flagged),
    flagged: flagged / rows,
  };
}
