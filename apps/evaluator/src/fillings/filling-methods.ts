/** A way of filling the gaps of the windows that a bundle's risk network reads. */
export interface Filling {
  /** Name in cells and predictions. */
  readonly id: 'training-mean' | 'locf' | 'linear' | 'center' | 'one-sample' | 'served';
  /** Name of its rows. */
  readonly title: string;
}

/** Every filling, in the order of rows; the last is what is served. */
export const FILLINGS: readonly Filling[] = [
  { id: 'training-mean', title: 'training mean' },
  { id: 'locf', title: 'LOCF' },
  { id: 'linear', title: 'linear' },
  { id: 'center', title: "imputer's center" },
  { id: 'one-sample', title: 'one sample' },
  { id: 'served', title: 'median risk of all samples (served)' },
];

/** The last row, which the others are held against. */
export const SERVED = FILLINGS[FILLINGS.length - 1]!;

/** What is known of a window: its risk under every filling, and the ends of the served 5-95 % interval. */
export type FilledRisk = Filling['id'] | 'low' | 'high';

/** Every {@link FilledRisk}. */
export const FILLED_RISKS: readonly FilledRisk[] = [...FILLINGS.map(({ id }) => id), 'low', 'high'];
