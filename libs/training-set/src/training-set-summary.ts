import type { TrainingSetMonth } from '#datasets';
import { createHash } from 'node:crypto';

/** What a training set holds. */
export interface TrainingSetSummary {
  /** SHA-256 over the months and the digests of their files, hex. Equal sets have equal digests. */
  readonly digest: string;
  readonly stays: number;
  readonly deaths: number;
  readonly survivors: number;
  /** Stays whose outcome is not known: nothing but an imputer learns from them. */
  readonly unknown: number;
  readonly observations: number;
  /** Stays that were withdrawn since the set began. */
  readonly withdrawn: number;
  /** By the end of the stays, oldest first. */
  readonly months: readonly Pick<
    TrainingSetMonth,
    'month' | 'stays' | 'deaths' | 'unknown' | 'observations' | 'digests'
  >[];
}

/** Sums up the months of a set. */
export function summaryOf(months: readonly TrainingSetMonth[], withdrawn: number): TrainingSetSummary {
  const sorted = months.toSorted((one, other) => (one.month < other.month ? -1 : 1));
  const hash = createHash('sha256');
  for (const { month, digests } of sorted) hash.update(`${month} ${digests.stays} ${digests.observations}\n`);
  const sum = (count: 'stays' | 'deaths' | 'unknown' | 'observations') =>
    sorted.reduce((total, month) => total + month[count], 0);
  const [stays, deaths, unknown] = [sum('stays'), sum('deaths'), sum('unknown')];
  return {
    digest: hash.digest('hex'),
    stays,
    deaths,
    survivors: stays - deaths - unknown,
    unknown,
    observations: sum('observations'),
    withdrawn,
    months: sorted.map(({ month, stays, deaths, unknown, observations, digests }) => {
      return { month, stays, deaths, unknown, observations, digests };
    }),
  };
}
