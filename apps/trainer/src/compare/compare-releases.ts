import { AGE_EDGES, numberBins, reliabilityCurve, thresholdForDeathsCaught, type RollingScores } from '#evaluation';
import type { ComparedGroup, Comparison, Grouping } from '../gate/comparison.js';
import { GROUPINGS } from '../gate/comparison.js';
import type { GatePolicy } from '../gate/gate-policy.js';
import type { HeldOutStay } from './held-out-stay.js';
import { judgedRows, pairedFigures, type FigureOptions } from './paired-figures.js';

/** Sites that are shown by name, the largest; the others are one group. */
const MOST_SITES = 20;
const RELIABILITY_BINS = 10;

/** What a comparison is about. */
export interface ComparedReleases {
  readonly champion: string;
  readonly candidate: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly seed: number;
}

/** Sets both releases side by side on held-out stays. Pure; the result holds counts and figures, no stay. */
export function compareReleases(
  stays: readonly HeldOutStay[],
  policy: GatePolicy['heldOut'],
  { champion, candidate, fromMs, toMs, seed }: ComparedReleases,
): Comparison {
  const { judgedAtHours, scoreEveryHours, deathsCaught, resamples } = policy;
  const thresholdOf = (risks: 'champion' | 'candidate'): number | null =>
    stays.length === 0
      ? null
      : (thresholdForDeathsCaught(rolling(stays, risks, scoreEveryHours), deathsCaught) ?? null);
  const thresholds = { champion: thresholdOf('champion'), candidate: thresholdOf('candidate') };
  const options: FigureOptions = { judgedAtHours, scoreEveryHours, thresholds, seed, resamples };
  const rows = judgedRows(stays, judgedAtHours);
  const reliability = (risks: 'champion' | 'candidate'): Comparison['reliability']['champion'] =>
    reliabilityOf(
      rows.map((row) => row[risks]),
      rows.map(({ stay }) => Number(stay.died)),
    );
  return {
    schemaVersion: 1,
    ...{ champion, candidate, seed, resamples },
    heldOut: { fromMs, toMs, stays: stays.length, deaths: deathsOf(stays), thresholds },
    groups: [
      groupOf('all', 'all', stays, options),
      ...GROUPINGS.flatMap((by) => [...partBy(stays, by)].map(([name, some]) => groupOf(by, name, some, options))),
    ],
    reliability: { champion: reliability('champion'), candidate: reliability('candidate') },
  };
}

function groupOf(
  by: ComparedGroup['by'],
  group: string,
  stays: readonly HeldOutStay[],
  options: FigureOptions,
): ComparedGroup {
  const windows = judgedRows(stays, options.judgedAtHours).length;
  const figures = pairedFigures(stays, options);
  return { by, group, stays: stays.length, deaths: deathsOf(stays), windows, figures };
}

/** Stays by the name of their group, in a fixed order. */
function partBy(stays: readonly HeldOutStay[], by: Grouping): Map<string, HeldOutStay[]> {
  const { order, nameOf } = namesOf(stays, by);
  const groups = new Map<string, HeldOutStay[]>(order.map((name) => [name, []]));
  for (const stay of stays) groups.get(nameOf(stay))!.push(stay);
  return new Map([...groups].filter(([, some]) => some.length > 0));
}

function namesOf(
  stays: readonly HeldOutStay[],
  by: Grouping,
): { order: readonly string[]; nameOf: (stay: HeldOutStay) => string } {
  if (by === 'sex') return { order: ['female', 'male', 'unknown'], nameOf: ({ sex }) => sex ?? 'unknown' };
  if (by === 'age') {
    const bands = numberBins(AGE_EDGES, 'years');
    return { order: bands.names, nameOf: ({ ageYears }) => bands.nameOf(ageYears) };
  }
  const counts = new Map<string, number>();
  for (const { site } of stays) counts.set(site, (counts.get(site) ?? 0) + 1);
  const largest = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([site]) => site);
  const named = new Set(largest.slice(0, MOST_SITES));
  return { order: [...named, 'other sites'], nameOf: ({ site }) => (named.has(site) ? site : 'other sites') };
}

function rolling(stays: readonly HeldOutStay[], risks: 'champion' | 'candidate', everyHours: number): RollingScores {
  const column = <Value>(of: (stay: HeldOutStay, at: number) => Value): Value[] =>
    stays.flatMap((stay) => stay.hours.map((_, at) => of(stay, at)));
  return {
    stays: column(({ number }) => number),
    hours: column(({ hours }, at) => hours[at]!),
    risks: column((stay, at) => stay[risks][at]!),
    labels: column(({ died }) => Number(died)),
    endHours: column(({ endHours }) => endHours),
    everyHours,
  };
}

function reliabilityOf(risks: readonly number[], labels: readonly number[]): Comparison['reliability']['champion'] {
  if (risks.length === 0) return [];
  return reliabilityCurve(risks, labels, RELIABILITY_BINS).map(({ meanRisk, observed, rows }) => ({
    risk: meanRisk,
    died: observed.share,
    windows: rows,
  }));
}

function deathsOf(stays: readonly HeldOutStay[]): number {
  return stays.filter(({ died }) => died).length;
}
