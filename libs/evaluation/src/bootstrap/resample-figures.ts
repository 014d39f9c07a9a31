import { quantileOfSorted } from '../quantile.js';
import type { Estimate } from './bootstrap.js';
import { drawPatients } from './draw-patients.js';

/** Figures of a table in which every patient counts as often as it was drawn. */
export interface CountedFigures<Name extends string = string> {
  readonly names: readonly Name[];
  /** Number of patients. */
  readonly patients: number;
  /**
   * The figures, in the order of `names`; NaN where one is not defined.
   *
   * @param counts [patient] how often each counts
   */
  of(counts: Int32Array): readonly number[];
}

/** Resamples with the numbers in [from, to). */
export interface ResampleRange {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Figures of a slice of resamples. Slices of the same seed, laid end to end, are the same numbers however they were cut, so any number of
 * threads gives the same interval.
 *
 * @returns [resample - from][figure], flat
 */
export function resampleFigures(figures: CountedFigures, { seed, from, to }: ResampleRange): Float64Array {
  const counts = new Int32Array(figures.patients);
  const drawn = new Float64Array((to - from) * figures.names.length);
  for (let resample = from; resample < to; resample++) {
    drawPatients(counts, seed, resample);
    drawn.set(figures.of(counts), (resample - from) * figures.names.length);
  }
  return drawn;
}

/**
 * Percentile intervals of figures from their resamples, which may come in any order.
 *
 * A resample whose figure is not finite is left out; the interval is NaN when fewer than half remain.
 *
 * @param drawn [resample][figure], flat, of all resamples
 * @param level share of the resamples within the interval
 */
export function estimatesOf<Name extends string>(
  figures: CountedFigures<Name>,
  drawn: Float64Array,
  level: number,
): Record<Name, Estimate> {
  const { names } = figures;
  const values = figures.of(new Int32Array(figures.patients).fill(1));
  const resamples = drawn.length / names.length;
  const estimates = names.map((name, figure): [Name, Estimate] => {
    const column = Float64Array.from({ length: resamples }, (_, resample) => drawn[resample * names.length + figure]!);
    return [name, { value: values[figure]!, ...percentileInterval(column, level) }];
  });
  return Object.fromEntries(estimates) as Record<Name, Estimate>;
}

function percentileInterval(column: Float64Array, level: number): { low: number; high: number } {
  const sorted = column.filter(Number.isFinite).sort();
  if (sorted.length === 0 || sorted.length < column.length / 2) return { low: Number.NaN, high: Number.NaN };
  return { low: quantileOfSorted(sorted, (1 - level) / 2), high: quantileOfSorted(sorted, (1 + level) / 2) };
}
