/**
 * A quantile of sorted draws, at position p (n + 1) among them (type 6 of Hyndman and Fan, Am Stat 1996;50:361).
 *
 * Between the .05 and .95 quantiles of 19 draws a further draw lies 90 % of the time; the usual position p (n - 1) promises that and holds
 * less.
 */
export function quantileOfDraws(sorted: Float64Array, level: number): number {
  const position = Math.max(0, Math.min(sorted.length - 1, level * (sorted.length + 1) - 1));
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
