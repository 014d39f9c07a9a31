import { areaUnderRoc, logOdds } from '#evaluation';

/** What counts as better: {@link areaUnderRoc} (only the order of windows) or log loss (the probabilities themselves). */
export type Criterion = 'area-under-roc' | 'log-loss';

/**
 * The candidate whose probabilities fit the outcomes of validation windows best; the first of equals, and the first of all where the
 * criterion is undefined (only one outcome).
 *
 * @param risksOf [window] probabilities of a candidate
 */
export function chooseBest<Candidate>(
  candidates: readonly Candidate[],
  labels: ArrayLike<number>,
  criterion: Criterion,
  risksOf: (candidate: Candidate) => ArrayLike<number>,
): Candidate {
  const losses = candidates.map((candidate) => {
    const risks = risksOf(candidate);
    return criterion === 'log-loss' ? logLoss(risks, labels) : -areaUnderRoc(risks, labels);
  });
  return candidates[Math.max(0, losses.indexOf(Math.min(...losses)))]!;
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
