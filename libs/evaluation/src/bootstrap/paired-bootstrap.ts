import type { BootstrapOptions, Estimate } from './bootstrap.js';
import { mortalityFigures, type MortalityFigure, type ScoredOutcomes } from './mortality-figures.js';
import { estimatesOf, resampleFigures } from './resample-figures.js';

/** One figure of two models on the same rows. */
export interface PairedDifference {
  readonly first: Estimate;
  readonly second: Estimate;
  /** Second minus first. */
  readonly difference: Estimate;
  /**
   * Twice the smaller of the shares of resamples in which the difference is at most 0 and at least 0: small when one model is
   * better in nearly every resample. At most 1; NaN where no resample gives a difference.
   */
  readonly twoSidedShare: number;
}

/** Two models' risks for the same rows. */
export interface PairedOutcomes extends Omit<ScoredOutcomes, 'risks'> {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/**
 * Difference of two models on the same patients, both judged in the same resamples (paired percentile bootstrap; Efron and Tibshirani,
 * An Introduction to the Bootstrap, 1993), so that what makes a resample easy or hard for both cancels.
 */
export function pairedBootstrap(
  { patients, labels, first, second }: PairedOutcomes,
  options: BootstrapOptions,
): Record<MortalityFigure, PairedDifference> {
  const one = mortalityFigures({ patients, labels, risks: first });
  const two = mortalityFigures({ patients, labels, risks: second });
  const range = { seed: options.seed, from: 0, to: options.resamples ?? 1000 };
  const level = options.level ?? 0.95;
  const drawnOne = resampleFigures(one, range);
  const drawnTwo = resampleFigures(two, range);
  const differences = drawnTwo.map((figure, at) => figure - drawnOne[at]!);
  const difference = estimatesOf(
    { ...one, of: (counts) => subtract(two.of(counts), one.of(counts)) },
    differences,
    level,
  );
  const ofOne = estimatesOf(one, drawnOne, level);
  const ofTwo = estimatesOf(two, drawnTwo, level);
  const entries = one.names.map((name, figure): [MortalityFigure, PairedDifference] => [
    name,
    {
      first: ofOne[name],
      second: ofTwo[name],
      difference: difference[name],
      twoSidedShare: twoSidedShare(differences.filter((_, at) => at % one.names.length === figure)),
    },
  ]);
  return Object.fromEntries(entries) as Record<MortalityFigure, PairedDifference>;
}

function subtract(second: readonly number[], first: readonly number[]): readonly number[] {
  return second.map((figure, at) => figure - first[at]!);
}

function twoSidedShare(differences: Float64Array): number {
  const defined = differences.filter(Number.isFinite);
  const atMost = defined.filter((difference) => difference <= 0).length;
  const atLeast = defined.filter((difference) => difference >= 0).length;
  return Math.min(1, (2 * Math.min(atMost, atLeast)) / defined.length);
}
