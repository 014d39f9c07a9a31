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
 * A resample whose statistic is not finite (one class only) is left out; the interval is NaN when fewer than half remain.
 *
 * @param patients  patient of each row; any value that identifies one within the data
 * @param statistic of the rows whose indices it is given
 */
export function bootstrapInterval(
  patients: readonly (string | number)[],
  statistic: (rows: readonly number[]) => number,
  options: BootstrapOptions,
): Estimate {
  const { seed, resamples = 1000, level = 0.95 } = options;
  const rowsOfPatient = groupRows(patients);
  const random = seededRandom(seed);
  const figures: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    const rows: number[] = [];
    for (let draw = 0; draw < rowsOfPatient.length; draw++)
      rows.push(...rowsOfPatient[Math.floor(random() * rowsOfPatient.length)]!);
    const figure = statistic(rows);
    if (Number.isFinite(figure)) figures.push(figure);
  }
  const value = statistic(patients.map((_, row) => row));
  if (figures.length < resamples / 2) return { value, low: Number.NaN, high: Number.NaN };
  const sorted = Float64Array.from(figures).sort();
  return {
    value,
    low: quantileOfSorted(sorted, (1 - level) / 2),
    high: quantileOfSorted(sorted, (1 + level) / 2),
  };
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
