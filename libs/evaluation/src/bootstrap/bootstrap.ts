import { indexPatients } from './patient-index.js';
import { estimatesOf, resampleFigures, type CountedFigures } from './resample-figures.js';

/** A figure with its percentile bootstrap interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How an interval is drawn. */
export interface BootstrapOptions {
  readonly seed: number;
  /** @default 1000 */
  readonly resamples?: number;
  /** @default 0.95 */
  readonly level?: number;
}

/**
 * Percentile bootstrap over patients (Efron 1979): patients are drawn with replacement, and all rows of a patient come along, since windows
 * of one patient are not independent.
 *
 * A resample whose figure is not finite (one class only) is left out; the interval is NaN when fewer than half remain.
 *
 * @param patients  patient of each row; any value that identifies one within the data
 * @param statistic of the rows whose indices it is given; a patient that was drawn twice gives its rows twice
 */
export function bootstrapInterval(
  patients: readonly (string | number)[],
  statistic: (rows: readonly number[]) => number,
  options: BootstrapOptions,
): Estimate {
  return bootstrapIntervals(patients, (rows) => ({ figure: statistic(rows) }), options).figure;
}

/**
 * Intervals of several figures over the same resamples; see {@link bootstrapInterval}. Any statistic will do, and every resample starts from
 * its rows: `mortalityMetrics` and `bootstrapTotals` are many times faster for what they offer.
 */
export function bootstrapIntervals<Name extends string>(
  patients: readonly (string | number)[],
  statistics: (rows: readonly number[]) => Record<Name, number>,
  options: BootstrapOptions,
): Record<Name, Estimate> {
  const rowsOfPatient = groupRows(patients);
  const names = Object.keys(statistics(patients.map((_, row) => row))) as Name[];
  const figures: CountedFigures<Name> = {
    names,
    patients: rowsOfPatient.length,
    of: (counts) => {
      const drawn = statistics(rowsOfPatient.flatMap((rows, patient) => repeated(rows, counts[patient]!)));
      return names.map((name) => drawn[name]);
    },
  };
  return bootstrapFigures(figures, options);
}

/** Intervals of prepared figures, all resamples in this thread. */
export function bootstrapFigures<Name extends string>(
  figures: CountedFigures<Name>,
  { seed, resamples = 1000, level = 0.95 }: BootstrapOptions,
): Record<Name, Estimate> {
  return estimatesOf(figures, resampleFigures(figures, { seed, from: 0, to: resamples }), level);
}

function groupRows(patients: readonly (string | number)[]): readonly (readonly number[])[] {
  const index = indexPatients(patients);
  const rows = Array.from({ length: index.patients }, (): number[] => []);
  index.ofRow.forEach((patient, row) => rows[patient]!.push(row));
  return rows;
}

function repeated(rows: readonly number[], times: number): readonly number[] {
  return times === 1 ? rows : Array.from({ length: times }, () => rows).flat();
}
