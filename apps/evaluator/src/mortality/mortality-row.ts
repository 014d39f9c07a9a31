import { mortalityMetrics, type MortalityMetrics, type ScoredOutcomes } from '#evaluation';
import { bestMinimum, operatingPoints, pointCatching, type OperatingPoint } from './operating-points.js';

/** Figures of one score on one set of windows. */
export interface MortalityRow {
  readonly metrics: MortalityMetrics;
  /** Best min(sensitivity, positive predictive value). */
  readonly minimum: number;
  readonly catching80?: OperatingPoint;
  readonly catching90?: OperatingPoint;
}

/**
 * Measures a score.
 *
 * A score that is no probability is brought to 0..1 in its own order; its Brier score and calibration then mean nothing and are left out
 * by the table.
 */
export function measureMortality(outcomes: ScoredOutcomes, seed: number, resamples: number): MortalityRow {
  const risks = withinUnit(outcomes.risks);
  const points = operatingPoints(outcomes.risks, outcomes.labels);
  const [catching80, catching90] = [0.8, 0.9].map((share) => pointCatching(points, share));
  return {
    metrics: mortalityMetrics({ ...outcomes, risks }, { seed, resamples }),
    minimum: bestMinimum(points),
    ...(catching80 === undefined ? {} : { catching80 }),
    ...(catching90 === undefined ? {} : { catching90 }),
  };
}

function withinUnit(risks: readonly number[]): readonly number[] {
  const low = risks.reduce((least, risk) => Math.min(least, risk), 0);
  const high = risks.reduce((most, risk) => Math.max(most, risk), 1);
  return low === 0 && high === 1 ? risks : risks.map((risk) => (risk - low) / (high - low));
}
