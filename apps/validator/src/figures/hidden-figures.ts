import { bootstrapTotals, type BootstrapOptions, type Estimate } from '#evaluation';
import type { HiddenStay, HiddenSums, Hiding } from '../hidden/hidden-stay.js';

/** How well hidden entries were imputed, on the release's normalised scale. */
export interface HiddenFigures {
  readonly entries: number;
  readonly stays: number;
  readonly rmse: Estimate;
  readonly mae: Estimate;
  /** Share of hidden entries within the served 5-95 % interval. */
  readonly within: Estimate;
  readonly carriedRmse: Estimate;
  readonly carriedMae: Estimate;
}

/** Errors of one signal, in its stored unit. */
export interface HiddenSignal {
  readonly signal: string;
  readonly entries: number;
  readonly rmse: number;
  readonly storedMae: number;
  readonly within: number;
  readonly carriedRmse: number;
}

const COLUMNS = ['entries', 'squared', 'absolute', 'carriedSquared', 'carriedAbsolute', 'within'] as const;

/**
 * Figures over all hidden entries of one way of hiding, with intervals over patients; undefined where nothing was hidden.
 *
 * @param patientOf patient of a stay
 */
export function hiddenFigures(
  judged: readonly HiddenStay[],
  hiding: Hiding,
  patientOf: (stayId: string) => string,
  options: BootstrapOptions,
): HiddenFigures | undefined {
  const stays = judged.filter((stay) => stay.hiding === hiding);
  if (stays.length === 0) return undefined;
  const total = ({ sums }: HiddenStay, column: (typeof COLUMNS)[number]): number =>
    sums.reduce((sum, signal) => sum + signal[column], 0);
  const columns = Object.fromEntries(COLUMNS.map((column) => [column, stays.map((stay) => total(stay, column))]));
  const figures = bootstrapTotals(
    stays.map(({ stayId }) => patientOf(stayId)),
    columns as Record<(typeof COLUMNS)[number], number[]>,
    (sums) => ({
      rmse: Math.sqrt(sums.squared / sums.entries),
      mae: sums.absolute / sums.entries,
      within: sums.within / sums.entries,
      carriedRmse: Math.sqrt(sums.carriedSquared / sums.entries),
      carriedMae: sums.carriedAbsolute / sums.entries,
    }),
    options,
  );
  return { entries: columns['entries']!.reduce((sum, one) => sum + one, 0), stays: stays.length, ...figures };
}

/** Errors by signal, most hidden entries first. */
export function hiddenBySignal(judged: readonly HiddenStay[], hiding: Hiding): HiddenSignal[] {
  const bySignal = new Map<string, HiddenSums[]>();
  for (const sums of judged.filter((stay) => stay.hiding === hiding).flatMap((stay) => stay.sums))
    bySignal.set(sums.signal, [...(bySignal.get(sums.signal) ?? []), sums]);
  return [...bySignal]
    .map(([signal, all]) => {
      const sum = (column: Exclude<keyof HiddenSums, 'signal'>): number =>
        all.reduce((total, one) => total + one[column], 0);
      const entries = sum('entries');
      return {
        signal,
        entries,
        rmse: Math.sqrt(sum('squared') / entries),
        storedMae: sum('storedAbsolute') / entries,
        within: sum('within') / entries,
        carriedRmse: Math.sqrt(sum('carriedSquared') / entries),
      };
    })
    .sort((a, b) => b.entries - a.entries || (a.signal < b.signal ? -1 : 1));
}
