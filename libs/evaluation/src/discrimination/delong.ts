import { countClasses } from '../labelled-scores.js';

/** Width of a two-sided 95 % interval in standard errors. */
const NORMAL_95 = 1.959963984540054;

/** Area under the receiver operating characteristic with its variance. */
export interface DelongArea {
  readonly auroc: number;
  readonly variance: number;
  /** Normal 95 % interval, clipped to [0, 1]. */
  readonly low: number;
  readonly high: number;
}

/**
 * Variance of the area under the receiver operating characteristic (DeLong, DeLong and Clarke-Pearson, Biometrics 1988;44:837), from
 * mid-ranks in n log n (Sun and Xu, IEEE Signal Proc Lett 2014;21:1389).
 *
 * Takes rows as independent: with several windows of a patient it is too sure, and the bootstrap over patients is right. A cross-check of
 * that where each patient has one row.
 *
 * @param labels 1 died, 0 survived
 * @returns NaN for all with fewer than two deaths or two survivors
 */
export function delongArea(scores: ArrayLike<number>, labels: ArrayLike<number>): DelongArea {
  const { positives, negatives } = countClasses(scores, labels);
  if (positives < 2 || negatives < 2)
    return { auroc: Number.NaN, variance: Number.NaN, low: Number.NaN, high: Number.NaN };
  const rows = Array.from({ length: scores.length }, (_, row) => row);
  const deaths = rows.filter((row) => labels[row] === 1);
  const survivors = rows.filter((row) => labels[row] === 0);
  const amongAll = midRanks([...deaths, ...survivors].map((row) => scores[row]!));
  const amongDeaths = midRanks(deaths.map((row) => scores[row]!));
  const amongSurvivors = midRanks(survivors.map((row) => scores[row]!));
  // share of survivors below each death, and of deaths above each survivor, ties as half
  const placements = amongDeaths.map((rank, at) => (amongAll[at]! - rank) / negatives);
  const exceeded = amongSurvivors.map((rank, at) => 1 - (amongAll[positives + at]! - rank) / positives);
  const auroc = mean(placements);
  const variance = sampleVariance(placements) / positives + sampleVariance(exceeded) / negatives;
  const half = NORMAL_95 * Math.sqrt(variance);
  return { auroc, variance, low: Math.max(0, auroc - half), high: Math.min(1, auroc + half) };
}

/** Ranks from 1, tied values sharing the mean of theirs. */
function midRanks(values: readonly number[]): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1]!] === values[order[first]!]) last++;
    for (let at = first; at <= last; at++) ranks[order[at]!] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return ranks;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sampleVariance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
