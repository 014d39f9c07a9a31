/** Root mean squared and mean absolute error of imputed values. */
export interface ImputationError {
  readonly rmse: number;
  readonly mae: number;
  /** Number of hidden entries that were compared. */
  readonly entries: number;
}

/**
 * Errors over the hidden entries of any number of windows, all entries weighing the same.
 *
 * @throws RangeError when the lengths differ
 */
export function imputationError(imputed: ArrayLike<number>, truth: ArrayLike<number>): ImputationError {
  if (imputed.length !== truth.length)
    throw new RangeError(`${imputed.length} imputed values but ${truth.length} true ones: give one for each`);
  let squared = 0;
  let absolute = 0;
  for (let entry = 0; entry < truth.length; entry++) {
    const difference = imputed[entry]! - truth[entry]!;
    squared += difference * difference;
    absolute += Math.abs(difference);
  }
  return { rmse: Math.sqrt(squared / truth.length), mae: absolute / truth.length, entries: truth.length };
}
