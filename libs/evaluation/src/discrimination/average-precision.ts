import { countClasses } from '../labelled-scores.js';

/**
 * Area under the precision-recall curve as average precision: the sum over distinct thresholds of the gain in recall times the precision.
 *
 * No interpolation between points (Davis and Goadrich, ICML 2006, show why a straight line flatters); equal scores form one threshold.
 *
 * @param labels 1 died, 0 survived
 * @returns in [0, 1]; NaN without a positive
 */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const { positives } = countClasses(scores, labels);
  if (positives === 0) return Number.NaN;
  const order = Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  let found = 0;
  let foundBefore = 0;
  let area = 0;
  for (let at = 0; at < order.length; at++) {
    found += labels[order[at]!]!;
    const isEndOfTie = at + 1 === order.length || scores[order[at + 1]!] !== scores[order[at]!];
    if (!isEndOfTie) continue;
    area += ((found - foundBefore) / positives) * (found / (at + 1));
    foundBefore = found;
  }
  return area;
}
