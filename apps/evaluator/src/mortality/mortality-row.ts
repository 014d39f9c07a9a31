import {
  eventOne,
  mortalityMetrics,
  operatingPointAtSensitivity,
  type MortalityMetrics,
  type OperatingPoint,
  type ScoredOutcomes,
} from '#evaluation';
import { bootstrapInWorkers } from '#reporting';

/** Figures of one score on one set of windows. */
export interface MortalityRow {
  readonly metrics: MortalityMetrics;
  /** Best min(sensitivity, positive predictive value); NaN without deaths. */
  readonly minimum: number;
  readonly catching80?: OperatingPoint;
  readonly catching90?: OperatingPoint;
}

/** Fewer rows are resampled sooner by this thread than workers are started. */
const ROWS_FOR_WORKERS = 1_000;

/**
 * Measures a score, with bootstrap intervals over patients.
 *
 * A score that is no probability is brought to 0..1 in its own order; its Brier score and calibration then mean nothing and are left out
 * by the table.
 */
export async function measureMortality(
  outcomes: ScoredOutcomes,
  seed: number,
  resamples: number,
): Promise<MortalityRow> {
  const { risks, labels } = outcomes;
  const scaled = { ...outcomes, risks: withinUnit(risks) };
  const [catching80, catching90] = [0.8, 0.9].map((share) => operatingPointAtSensitivity(risks, labels, share));
  return {
    metrics:
      risks.length < ROWS_FOR_WORKERS
        ? mortalityMetrics(scaled, { seed, resamples })
        : await bootstrapInWorkers(scaled, { seed, resamples }),
    minimum: eventOne(risks, labels).score,
    ...(catching80 === undefined ? {} : { catching80 }),
    ...(catching90 === undefined ? {} : { catching90 }),
  };
}

function withinUnit(risks: readonly number[]): readonly number[] {
  const low = risks.reduce((least, risk) => Math.min(least, risk), 0);
  const high = risks.reduce((most, risk) => Math.max(most, risk), 1);
  return low === 0 && high === 1 ? risks : risks.map((risk) => (risk - low) / (high - low));
}
