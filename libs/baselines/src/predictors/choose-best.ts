import { logOdds } from '#evaluation';

/**
 * The candidate whose probabilities fit the outcomes of validation windows best: least log loss, the first of equals.
 *
 * The area under the curve was rejected, for it cannot see a penalty that only flattens; the Brier score too, which hardly tells
 * numbers of neighbours apart.
 *
 * @param risksOf [window] probabilities of a candidate
 */
export function chooseBest<Candidate>(
  candidates: readonly Candidate[],
  labels: ArrayLike<number>,
  risksOf: (candidate: Candidate) => ArrayLike<number>,
): Candidate {
  const losses = candidates.map((candidate) => logLoss(risksOf(candidate), labels));
  return candidates[losses.indexOf(Math.min(...losses))]!;
}

/** Mean of log(1 + exp(logit)) - label * logit. */
function logLoss(risks: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const logit = logOdds(risks[row]!);
    sum += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - labels[row]! * logit;
  }
  return sum / labels.length;
}
