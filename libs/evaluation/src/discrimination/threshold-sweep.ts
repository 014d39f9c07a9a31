import { countClasses } from '../labelled-scores.js';

/** What is flagged at every distinct threshold, from the highest to the lowest; a row is flagged when its score is at or above it. */
export interface ThresholdSweep {
  readonly deaths: number;
  readonly survivors: number;
  /** [step] descending. */
  readonly thresholds: Float64Array;
  /** [step] deaths flagged. */
  readonly deathsFlagged: Float64Array;
  /** [step] survivors flagged. */
  readonly survivorsFlagged: Float64Array;
}

/**
 * Counts deaths and survivors at or above every distinct score.
 *
 * @throws RangeError when the lengths differ, a score is not a number or a label is neither 0 nor 1
 */
export function sweepThresholds(scores: ArrayLike<number>, labels: ArrayLike<number>): ThresholdSweep {
  const { positives, negatives } = countClasses(scores, labels);
  const order = Uint32Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  const [thresholds, deathsFlagged, survivorsFlagged]: [number[], number[], number[]] = [[], [], []];
  let found = 0;
  order.forEach((row, rank) => {
    found += labels[row]!;
    if (rank + 1 < order.length && scores[order[rank + 1]!] === scores[row]) return;
    thresholds.push(scores[row]!);
    deathsFlagged.push(found);
    survivorsFlagged.push(rank + 1 - found);
  });
  return {
    deaths: positives,
    survivors: negatives,
    thresholds: Float64Array.from(thresholds),
    deathsFlagged: Float64Array.from(deathsFlagged),
    survivorsFlagged: Float64Array.from(survivorsFlagged),
  };
}
