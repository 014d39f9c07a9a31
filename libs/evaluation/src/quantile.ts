/**
 * Quantile by linear interpolation between order statistics (definition 7 of Hyndman and Fan, Am Stat 1996;50:361; NumPy's default).
 *
 * @param sorted ascending, at least one number
 * @param level in [0, 1]
 */
export function quantileOfSorted(sorted: ArrayLike<number>, level: number): number {
  if (sorted.length === 0) throw new RangeError('no numbers: a quantile needs at least one');
  const position = level * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
