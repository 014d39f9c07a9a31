import { countClasses } from '../labelled-scores.js';

/**
 * Area under the receiver operating characteristic: the chance that a random death is scored above a random survivor, ties counting half.
 *
 * Computed from mid-ranks (Mann-Whitney U; Hanley and McNeil, Radiology 1982;143:29).
 *
 * @param scores any monotone score, one a row
 * @param labels 1 died, 0 survived
 * @returns in [0, 1]; NaN when only one class is present
 */
export function areaUnderRoc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const { positives, negatives } = countClasses(scores, labels);
  if (positives === 0 || negatives === 0) return Number.NaN;
  const order = Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last + 1 < order.length && scores[order[last + 1]!] === scores[order[first]!]) last++;
    const midRank = (first + last) / 2 + 1;
    for (let at = first; at <= last; at++) if (labels[order[at]!] === 1) rankSum += midRank;
    first = last + 1;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
