/**
 * Smallest number of deaths that is at least a share of all; the rounding error of the share does not add one.
 *
 * @param share in (0, 1]
 * @throws RangeError for another share
 */
export function deathsToCatch(share: number, deaths: number): number {
  if (!(share > 0 && share <= 1)) throw new RangeError(`share of deaths ${share}: expected above 0 and at most 1`);
  return Math.max(1, Math.ceil(share * deaths - 1e-9));
}
