/**
 * Chance that one who died is ranked above one who survived, ties counted half (Mann and Whitney 1947).
 *
 * Used for early stopping only; figures come from the evaluation room.
 *
 * @returns 0.5 when one of the two outcomes is absent
 */
export function areaUnderRoc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const order = Array.from({ length: scores.length }, (_, at) => at).sort((a, b) => scores[a]! - scores[b]!);
  let died = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    const sharedRank = (start + 1 + end) / 2;
    for (let at = start; at < end; at++) {
      if (labels[order[at]!] !== 1) continue;
      died++;
      rankSum += sharedRank;
    }
    start = end;
  }
  const survived = order.length - died;
  if (died === 0 || survived === 0) return 0.5;
  return (rankSum - (died * (died + 1)) / 2) / (died * survived);
}
