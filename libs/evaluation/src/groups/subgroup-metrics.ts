import type { BootstrapOptions } from '../bootstrap/bootstrap.js';
import type { ScoredOutcomes } from '../bootstrap/mortality-figures.js';
import { metricsByGroup, type GroupMetrics } from './metrics-by-group.js';
import { numberBins } from './number-bins.js';

/** What rows are parted by, a column each; a column that is absent is not parted by. */
export interface SubgroupColumns {
  /** [row] in years. */
  readonly ages?: readonly (number | undefined)[];
  /** [row] */
  readonly sexes?: readonly ('female' | 'male' | undefined)[];
  /** [row] share of the window's entries without a measured value, in [0, 1]. */
  readonly sharesMissing?: readonly number[];
  /** [row] id of the data set. */
  readonly dataSets?: readonly string[];
}

/** Figures of one subgroup. */
export interface SubgroupMetrics extends GroupMetrics {
  readonly by: 'age' | 'sex' | 'share missing' | 'data set';
}

/** Edges of the age bands, in years. */
export const AGE_EDGES: readonly number[] = [45, 65, 75, 85];

/** Edges of the share missing, in percent. */
export const PERCENT_MISSING_EDGES: readonly number[] = [50, 70, 80, 90];

/** Discrimination and calibration by age band, sex, share missing and data set, each where its column is given. */
export function subgroupMetrics(
  outcomes: ScoredOutcomes,
  { ages, sexes, sharesMissing, dataSets }: SubgroupColumns,
  options: BootstrapOptions,
): SubgroupMetrics[] {
  const bands = numberBins(AGE_EDGES, 'years');
  const missing = numberBins(PERCENT_MISSING_EDGES, '%');
  const by = (
    what: SubgroupMetrics['by'],
    groups: readonly string[] | undefined,
    order: readonly string[],
  ): SubgroupMetrics[] =>
    groups === undefined
      ? []
      : metricsByGroup(outcomes, groups, options, order).map((group) => ({ by: what, ...group }));
  return [
    ...by('age', ages?.map(bands.nameOf), bands.names),
    ...by(
      'sex',
      sexes?.map((sex) => sex ?? 'unknown'),
      ['female', 'male', 'unknown'],
    ),
    ...by(
      'share missing',
      sharesMissing?.map((share) => missing.nameOf(100 * share)),
      missing.names,
    ),
    ...by('data set', dataSets, []),
  ];
}
