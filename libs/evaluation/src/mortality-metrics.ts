import { areaUnderRoc } from './area-under-roc.js';
import { averagePrecision } from './average-precision.js';
import { bootstrapIntervals, type BootstrapOptions, type Estimate } from './bootstrap.js';
import { brierScore } from './brier-score.js';
import { fitLogisticRecalibration } from './logistic-recalibration.js';

/** Risks of a set of windows with what became of the patients. */
export interface ScoredOutcomes {
  readonly patients: readonly (string | number)[];
  /** Probability of in-hospital death of each row. */
  readonly risks: readonly number[];
  /** 1 died, 0 survived. */
  readonly labels: readonly number[];
}

/** Discrimination and calibration, each with its bootstrap interval over patients. */
export interface MortalityMetrics {
  readonly rows: number;
  readonly deaths: number;
  readonly auroc: Estimate;
  readonly auprc: Estimate;
  readonly brier: Estimate;
  readonly calibrationSlope: Estimate;
  readonly calibrationIntercept: Estimate;
}

/** The figures that every mortality table prints, over the same resamples of patients. */
export function mortalityMetrics(outcomes: ScoredOutcomes, options: BootstrapOptions): MortalityMetrics {
  const { patients, risks, labels } = outcomes;
  const estimates = bootstrapIntervals(
    patients,
    (rows) => {
      const p = rows.map((row) => risks[row]!);
      const y = rows.map((row) => labels[row]!);
      const { slope, intercept } = fitLogisticRecalibration(p, y);
      return {
        auroc: areaUnderRoc(p, y),
        auprc: averagePrecision(p, y),
        brier: brierScore(p, y),
        calibrationSlope: slope,
        calibrationIntercept: intercept,
      };
    },
    options,
  );
  return { rows: risks.length, deaths: labels.reduce((sum, label) => sum + label, 0), ...estimates };
}
