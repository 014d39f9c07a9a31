import { areaUnderRoc } from './area-under-roc.js';
import { averagePrecision } from './average-precision.js';
import { bootstrapInterval, type BootstrapOptions, type Estimate } from './bootstrap.js';
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
  const estimate = (figure: (risks: number[], labels: number[]) => number): Estimate =>
    bootstrapInterval(
      patients,
      (rows) =>
        figure(
          rows.map((row) => risks[row]!),
          rows.map((row) => labels[row]!),
        ),
      options,
    );
  return {
    rows: risks.length,
    deaths: labels.reduce((sum, label) => sum + label, 0),
    auroc: estimate(areaUnderRoc),
    auprc: estimate(averagePrecision),
    brier: estimate(brierScore),
    calibrationSlope: estimate((p, y) => fitLogisticRecalibration(p, y).slope),
    calibrationIntercept: estimate((p, y) => fitLogisticRecalibration(p, y).intercept),
  };
}
