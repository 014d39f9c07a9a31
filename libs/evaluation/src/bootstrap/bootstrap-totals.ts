import { bootstrapFigures, type BootstrapOptions, type Estimate } from './bootstrap.js';
import { indexPatients } from './patient-index.js';

/**
 * Bootstrap intervals over patients of figures that follow from sums over rows, such as errors, shares and alarms a day; see
 * {@link bootstrapInterval}. Rows are summed up by patient once, so a resample costs one pass over the patients.
 *
 * @param patients patient of each row
 * @param columns  what is summed up: [row] each
 * @param figures  of the sums
 * @throws RangeError when a column is not as long as there are rows
 */
export function bootstrapTotals<Column extends string, Name extends string>(
  patients: readonly (string | number)[],
  columns: Readonly<Record<Column, ArrayLike<number>>>,
  figures: (sums: Record<Column, number>) => Record<Name, number>,
  options: BootstrapOptions,
): Record<Name, Estimate> {
  const index = indexPatients(patients);
  const columnNames = Object.keys(columns) as Column[];
  const totals = columnNames.map((column) => totalsByPatient(column, columns[column], index.ofRow, index.patients));
  const of = (counts: Int32Array): Record<Name, number> => {
    const sums = columnNames.map((column, at): [Column, number] => [column, weightedSum(totals[at]!, counts)]);
    return figures(Object.fromEntries(sums) as Record<Column, number>);
  };
  const names = Object.keys(of(new Int32Array(index.patients).fill(1))) as Name[];
  const counted = (counts: Int32Array): readonly number[] => {
    const figure = of(counts);
    return names.map((name) => figure[name]);
  };
  return bootstrapFigures({ names, patients: index.patients, of: counted }, options);
}

function totalsByPatient(
  name: string,
  column: ArrayLike<number>,
  patientOfRow: Int32Array,
  patients: number,
): Float64Array {
  if (column.length !== patientOfRow.length)
    throw new RangeError(
      `column ${name} has ${column.length} rows, expected ${patientOfRow.length}: one for each patient given`,
    );
  const totals = new Float64Array(patients);
  for (let row = 0; row < column.length; row++) totals[patientOfRow[row]!]! += column[row]!;
  return totals;
}

function weightedSum(totals: Float64Array, counts: Int32Array): number {
  let sum = 0;
  for (let patient = 0; patient < totals.length; patient++) sum += counts[patient]! * totals[patient]!;
  return sum;
}
