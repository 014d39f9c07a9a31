import { binnedKolmogorovSmirnov, stabilityIndex } from '#evaluation';
import type { ReferenceHistogram, TrainingReference } from '#model';
import { sumDays, type DriftDay } from './drift-day.js';
import type { DriftPolicy } from './drift-policy.js';

/** Kinds of drift that can be found. */
export const DRIFT_KINDS = ['values', 'missingness', 'risk', 'outcomes'] as const;

/** One of {@link DRIFT_KINDS}. */
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** How far a distribution lies from the reference's. */
export interface DistributionShift {
  /** Values that were counted. */
  readonly values: number;
  /** Population stability index; undefined where one side has no value. */
  readonly stabilityIndex?: number;
  /** Distance by Kolmogorov and Smirnov over the reference's bins, and its chance. */
  readonly distance?: number;
  readonly pValue?: number;
}

/** One signal beside the reference. */
export interface SignalShift extends DistributionShift {
  readonly signal: string;
  readonly shareMissing: number;
  readonly referenceShareMissing: number;
  /** In what this signal by itself lies beyond the policy's limits; drift is found when so many do as the policy asks for. */
  readonly found: readonly ('values' | 'missingness')[];
}

/** Deaths beside the sum of risks. */
export interface OutcomeShift {
  readonly outcomes: number;
  readonly deaths: number;
  readonly expected: number;
  /** Deaths by expected; undefined where nothing was expected. */
  readonly ratio?: number;
  /** Standard deviations of the deaths from what was expected, if the risks were right. */
  readonly deviations?: number;
}

/** What the days up to one of them say. */
export interface DriftAssessment {
  /** Last of the days, since 1970, UTC. */
  readonly day: number;
  readonly scores: number;
  readonly signals: readonly SignalShift[];
  readonly risk: DistributionShift;
  readonly outcomes: OutcomeShift;
  /** Kinds that were found; empty also where there are too few scores to say. */
  readonly found: readonly DriftKind[];
}

/** Compares the counts of the days up to `day` with the release's reference. Pure. */
export function assessDrift(
  reference: TrainingReference,
  days: readonly DriftDay[],
  policy: DriftPolicy,
  day: number,
): DriftAssessment {
  const window = days.filter((one) => one.day <= day && one.day > day - policy.windowDays);
  const sum = sumDays(window, reference);
  const signals = Object.entries(reference.signals).map(([signal, histogram]): SignalShift => {
    const { missing, bins } = sum.signals[signal]!;
    const shift = shiftOf(histogram, bins);
    const { shareMissing: referenceShareMissing } = histogram;
    const shareMissing = sum.scores === 0 ? referenceShareMissing : missing / sum.scores;
    const enough = sum.scores >= policy.leastScores;
    const isGone = Math.abs(shareMissing - referenceShareMissing) >= policy.missingness.shift;
    const found = [
      ...(enough && isShifted(policy, shift, policy.values) ? (['values'] as const) : []),
      ...(enough && isGone ? (['missingness'] as const) : []),
    ];
    return { signal, ...shift, shareMissing, referenceShareMissing, found };
  });
  const risk = shiftOf(reference.risk, sum.risk);
  const outcomes = outcomesOf(sum);
  return { day, scores: sum.scores, signals, risk, outcomes, found: findKinds(policy, sum, signals, risk, outcomes) };
}

/**
 * Kinds of drift that were found on each of the last days: what is flagged. A day without a score breaks no row and adds none.
 *
 * @param day the newest day of the log's clock
 */
export function flaggedKinds(
  reference: TrainingReference,
  days: readonly DriftDay[],
  policy: DriftPolicy,
  day: number,
): readonly DriftKind[] {
  const last = days.filter((one) => one.day <= day && one.scores + one.outcomes > 0).slice(-policy.persistDays);
  if (last.length < policy.persistDays) return [];
  const found = last.map((one) => assessDrift(reference, days, policy, one.day).found);
  return DRIFT_KINDS.filter((kind) => found.every((kinds) => kinds.includes(kind)));
}

function findKinds(
  policy: DriftPolicy,
  { scores }: DriftDay,
  signals: readonly SignalShift[],
  risk: DistributionShift,
  { expected, ratio, deviations }: OutcomeShift,
): DriftKind[] {
  const enough = scores >= policy.leastScores;
  const beyond = (kind: 'values' | 'missingness'): number =>
    signals.filter((signal) => signal.found.includes(kind)).length;
  const { low, high, leastExpected } = policy.outcomes;
  const isFound: Record<DriftKind, boolean> = {
    values: enough && beyond('values') >= policy.values.leastSignals,
    missingness: enough && beyond('missingness') >= policy.missingness.leastSignals,
    risk: enough && isShifted(policy, risk, policy.risk),
    outcomes:
      ratio !== undefined &&
      expected >= leastExpected &&
      (ratio < low || ratio > high) &&
      Math.abs(deviations ?? 0) >= policy.outcomes.deviations,
  };
  return DRIFT_KINDS.filter((kind) => isFound[kind]);
}

function isShifted(policy: DriftPolicy, shift: DistributionShift, least: DriftPolicy['risk']): boolean {
  return (
    shift.values >= policy.leastScores / 10 &&
    (shift.stabilityIndex ?? 0) >= least.stabilityIndex &&
    (shift.pValue ?? 1) < least.pValue
  );
}

function shiftOf(reference: ReferenceHistogram, bins: readonly number[]): DistributionShift {
  const values = bins.reduce((sum, count) => sum + count, 0);
  if (values === 0 || reference.values === 0) return { values };
  const { statistic, pValue } = binnedKolmogorovSmirnov(
    reference.shares.map((share) => share * reference.values),
    bins,
  );
  return {
    values,
    stabilityIndex: stabilityIndex(
      reference.shares,
      bins.map((count) => count / values),
    ),
    distance: statistic,
    pValue,
  };
}

function outcomesOf({ outcomes, deaths, expected, variance }: DriftDay): OutcomeShift {
  return {
    ...{ outcomes, deaths, expected },
    ...(expected > 0 ? { ratio: deaths / expected } : {}),
    ...(variance > 0 ? { deviations: (deaths - expected) / Math.sqrt(variance) } : {}),
  };
}
