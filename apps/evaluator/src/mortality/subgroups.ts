import { windowAt, type WindowStore } from '#training';

/** Windows that share a property. */
export interface Subgroup {
  readonly name: string;
  /** Positions in the list of windows that was given. */
  readonly rows: readonly number[];
}

const AGE_BANDS: readonly (readonly [from: number, name: string])[] = [
  [80, 'age 80 and over'],
  [65, 'age 65 to 79'],
  [40, 'age 40 to 64'],
  [16, 'age 16 to 39'],
];

/** Windows by age band, by sex and by thirds of the share of entries that is missing; groups without windows are left out. */
export function subgroupsOf(store: WindowStore, indices: readonly number[]): Subgroup[] {
  const labels = indices.map((index) => store.labels[index]!);
  const missing = indices.map((index) => shareMissing(store, index));
  const sorted = Float64Array.from(missing).sort();
  const cuts = [sorted[Math.floor(sorted.length / 3)]!, sorted[Math.floor((2 * sorted.length) / 3)]!] as const;
  const groups: readonly (readonly string[])[] = [
    labels.map(({ static: { ageYears } }) => ageBand(ageYears)),
    labels.map(({ static: { sex } }) => (sex === undefined ? 'sex unknown' : sex)),
    missing.map((share) => missingBand(share, cuts)),
  ];
  return groups.flatMap((names) =>
    [...new Set(names)].sort().map((name) => ({ name, rows: [...names.keys()].filter((row) => names[row] === name) })),
  );
}

/** Share of the entries of a window, signals x hours, that were not measured. */
export function shareMissing(store: WindowStore, index: number): number {
  const { mask } = windowAt(store, index);
  return 1 - mask.reduce((sum, measured) => sum + measured, 0) / mask.length;
}

function ageBand(years: number | undefined): string {
  if (years === undefined) return 'age unknown';
  return AGE_BANDS.find(([from]) => years >= from)?.[1] ?? 'age under 16';
}

function missingBand(share: number, [low, high]: readonly [number, number]): string {
  const percent = (value: number): string => (100 * value).toFixed(0);
  if (share < low) return `missing: under ${percent(low)} %`;
  return share < high ? `missing: ${percent(low)} to ${percent(high)} %` : `missing: ${percent(high)} % and over`;
}
