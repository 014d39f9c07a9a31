import { countClasses } from '../labelled-scores.js';

/** A rising map from a score to a probability: straight lines between its knots, flat beyond them. Plain data, so a bundle can hold it. */
export interface IsotonicMap {
  /** [knot] ascending. */
  readonly scores: readonly number[];
  /** [knot] probability, never falling. */
  readonly probabilities: readonly number[];
}

/**
 * The never falling sequence that is nearest to a sequence in weighted least squares, by pooling adjacent violators (Ayer et al., Ann Math
 * Stat 1955;26:641).
 *
 * @param weights [value] above 0 @default 1 each
 */
export function poolAdjacentViolators(values: ArrayLike<number>, weights?: ArrayLike<number>): Float64Array {
  const blocks: { mean: number; weight: number; length: number }[] = [];
  for (let at = 0; at < values.length; at++) {
    let block = { mean: values[at]!, weight: weights?.[at] ?? 1, length: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.mean >= block.mean; last = blocks.at(-1)) {
      const weight = last.weight + block.weight;
      block = {
        mean: (last.mean * last.weight + block.mean * block.weight) / weight,
        weight,
        length: last.length + block.length,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  const pooled = new Float64Array(values.length);
  let first = 0;
  for (const { mean, length } of blocks) pooled.fill(mean, first, (first += length));
  return pooled;
}

/**
 * Isotonic calibration (Zadrozny and Elkan, KDD 2002): the rising map that fits outcomes best. Needs some hundred deaths, for it follows
 * chance where they are few; it says exactly 0 or 1 at an end where only one class lies.
 *
 * @param labels 1 died, 0 survived
 * @throws RangeError without a row, or as {@link countClasses}
 */
export function fitIsotonic(scores: ArrayLike<number>, labels: ArrayLike<number>): IsotonicMap {
  countClasses(scores, labels);
  if (scores.length === 0) throw new RangeError('no rows: an isotonic map needs at least one');
  const groups = groupEqualScores(scores, labels);
  const pooled = poolAdjacentViolators(
    groups.map(({ deaths, rows }) => deaths / rows),
    groups.map(({ rows }) => rows),
  );
  // the ends of each block say all; what lies between is on a flat line
  const knots = [...pooled.keys()].filter((at) => pooled[at] !== pooled[at - 1] || pooled[at] !== pooled[at + 1]);
  return { scores: knots.map((at) => groups[at]!.score), probabilities: knots.map((at) => pooled[at]!) };
}

/** Probability that a fitted map gives a score. */
export function applyIsotonic({ scores, probabilities }: IsotonicMap, score: number): number {
  if (Number.isNaN(score)) return Number.NaN;
  let [low, high] = [0, scores.length - 1];
  if (score <= scores[low]!) return probabilities[low]!;
  if (score >= scores[high]!) return probabilities[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle]! <= score) low = middle;
    else high = middle;
  }
  const share = (score - scores[low]!) / (scores[high]! - scores[low]!);
  return Math.min(probabilities[high]!, probabilities[low]! + share * (probabilities[high]! - probabilities[low]!));
}

function groupEqualScores(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): { score: number; deaths: number; rows: number }[] {
  const groups = new Map<number, { score: number; deaths: number; rows: number }>();
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    const group = groups.get(score) ?? { score, deaths: 0, rows: 0 };
    group.deaths += labels[row]!;
    group.rows += 1;
    groups.set(score, group);
  }
  return [...groups.values()].sort((a, b) => a.score - b.score);
}
