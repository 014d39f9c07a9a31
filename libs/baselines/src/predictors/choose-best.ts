import { brierScore } from '#evaluation';

/**
 * The candidate whose probabilities are nearest to the outcomes of validation windows: least Brier score, the first of equals.
 *
 * The area under the curve was rejected: strengths of a penalty hardly change the order of windows, and the strongest would do.
 *
 * @param risksOf [window] probabilities of a candidate
 */
export function chooseBest<Candidate>(
  candidates: readonly Candidate[],
  labels: ArrayLike<number>,
  risksOf: (candidate: Candidate) => ArrayLike<number>,
): Candidate {
  const scores = candidates.map((candidate) => brierScore(risksOf(candidate), labels));
  return candidates[scores.indexOf(Math.min(...scores))]!;
}
