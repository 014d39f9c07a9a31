/**
 * Checks that scores and labels belong together and counts both classes.
 *
 * @throws RangeError when the lengths differ, a score is not a number or a label is neither 0 nor 1
 */
export function countClasses(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): { positives: number; negatives: number } {
  if (scores.length !== labels.length)
    throw new RangeError(`${scores.length} scores but ${labels.length} labels: give one label for each score`);
  let positives = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (label !== 0 && label !== 1) throw new RangeError(`label ${label} in row ${row}: expected 0 or 1`);
    if (Number.isNaN(scores[row]!)) throw new RangeError(`score in row ${row} is not a number`);
    positives += label;
  }
  return { positives, negatives: labels.length - positives };
}
