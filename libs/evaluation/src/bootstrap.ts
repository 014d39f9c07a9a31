import { quantileOfSorted } from './quantile.js';
import { seededRandom } from './seeded-random.js';

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
 * @param statistic of the rows whose indices it is given
 */
export function bootstrapInterval(
  patients: readonly (string | number)[],
  statistic: (rows: readonly number[]) => number,
  options: BootstrapOptions,
): Estimate {
  return bootstrapIntervals(patients, (rows) => ({ figure: statistic(rows) }), options).figure;
}

/** Intervals of several figures over the same resamples; see {@link bootstrapInterval}. */
export function bootstrapIntervals<Name extends string>(
  patients: readonly (string | number)[],
  statistics: (rows: readonly number[]) => Record<Name, number>,
  options: BootstrapOptions,
): Record<Name, Estimate> {
  const { seed, resamples = 1000, level = 0.95 } = options;
  const rowsOfPatient = groupRows(patients);
  const random = seededRandom(seed);
  const values = statistics(patients.map((_, row) => row));
  const names = Object.keys(values) as Name[];
  const drawn = Array.from({ length: resamples }, () =>
    statistics(rowsOfPatient.flatMap(() => rowsOfPatient[Math.floor(random() * rowsOfPatient.length)]!)),
  );
  const estimates = names.map((name): [Name, Estimate] => {
    const figures = drawn.map((figure) => figure[name]).filter(Number.isFinite);
    return [name, { value: values[name], ...percentiles(figures, level, resamples) }];
  });
  return Object.fromEntries(estimates) as Record<Name, Estimate>;
}

function percentiles(figures: readonly number[], level: number, resamples: number): { low: number; high: number } {
  if (figures.length < resamples / 2) return { low: Number.NaN, high: Number.NaN };
  const sorted = Float64Array.from(figures).sort();
  return { low: quantileOfSorted(sorted, (1 - level) / 2), high: quantileOfSorted(sorted, (1 + level) / 2) };
}

function groupRows(patients: readonly (string | number)[]): readonly (readonly number[])[] {
  const rows = new Map<string | number, number[]>();
  patients.forEach((patient, row) => {
    const known = rows.get(patient);
    if (known === undefined) rows.set(patient, [row]);
    else known.push(row);
  });
  return [...rows.values()];
}
