import { bootstrapFigures, type BootstrapOptions, type Estimate } from './bootstrap.js';
import { mortalityFigures, type MortalityFigure, type ScoredOutcomes } from './mortality-figures.js';
import { estimatesOf } from './resample-figures.js';

/** Discrimination and calibration, each with its bootstrap interval over patients. */
export interface MortalityMetrics extends Readonly<Record<MortalityFigure, Estimate>> {
  readonly rows: number;
  readonly deaths: number;
}

/** The figures that every mortality table prints, over the same resamples of patients. */
export function mortalityMetrics(outcomes: ScoredOutcomes, options: BootstrapOptions): MortalityMetrics {
  return { ...countsOf(outcomes), ...bootstrapFigures(mortalityFigures(outcomes), options) };
}

/**
 * The same from resamples that were drawn elsewhere.
 *
 * @param drawn slices of `resampleFigures(mortalityFigures(outcomes), …)`, in any order, together all resamples
 * @param level @default 0.95
 */
export function mortalityMetricsOf(
  outcomes: ScoredOutcomes,
  drawn: readonly Float64Array[],
  level = 0.95,
): MortalityMetrics {
  const all = new Float64Array(drawn.reduce((length, slice) => length + slice.length, 0));
  let at = 0;
  for (const slice of drawn) {
    all.set(slice, at);
    at += slice.length;
  }
  return { ...countsOf(outcomes), ...estimatesOf(mortalityFigures(outcomes), all, level) };
}

function countsOf({ risks, labels }: ScoredOutcomes): { rows: number; deaths: number } {
  return { rows: risks.length, deaths: labels.reduce((sum, label) => sum + label, 0) };
}
