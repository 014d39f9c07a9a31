import { AGE_EDGES, numberBins, PERCENT_MISSING_EDGES } from '#evaluation';
import { windowAt, type WindowStore } from '#training';

/** Windows that share a property. */
export interface Subgroup {
  readonly name: string;
  /** Positions in the list of windows that was given. */
  readonly rows: readonly number[];
}

const AGES = numberBins(AGE_EDGES, 'years');
const MISSING = numberBins(PERCENT_MISSING_EDGES, '% missing');
const SEXES = ['female', 'male', 'sex unknown'];

/** Windows by age band, by sex and by the share of entries that is missing; groups without windows are left out. */
export function subgroupsOf(store: WindowStore, indices: readonly number[]): Subgroup[] {
  const labels = indices.map((index) => store.labels[index]!);
  return [
    ...grouped(
      labels.map(({ static: { ageYears } }) => AGES.nameOf(ageYears)),
      AGES.names,
    ),
    ...grouped(
      labels.map(({ static: { sex } }) => sex ?? 'sex unknown'),
      SEXES,
    ),
    ...grouped(
      indices.map((index) => MISSING.nameOf(100 * shareMissing(store, index))),
      MISSING.names,
    ),
  ];
}

/** Share of the entries of a window, signals x hours, that were not measured. */
export function shareMissing(store: WindowStore, index: number): number {
  const { mask } = windowAt(store, index);
  return 1 - mask.reduce((sum, measured) => sum + measured, 0) / mask.length;
}

/** Rows by the name of their group, in the order of the names; groups without rows are left out. */
export function grouped(names: readonly string[], order: readonly string[]): Subgroup[] {
  return order
    .map((name) => ({ name, rows: [...names.keys()].filter((row) => names[row] === name) }))
    .filter(({ rows }) => rows.length > 0);
}
