import { quantileOfSorted } from '../quantile.js';

/** Smallest share a bin counts with, so that an empty one does not make the index infinite. */
const SMALLEST_SHARE = 1e-4;

/**
 * Inner edges of bins that hold about equal shares of a reference; fewer where many of its values are equal. A release can keep the edges and
 * the shares, and needs to keep no patient's value.
 *
 * @param reference at least one finite number
 * @param bins      @default 10
 */
export function referenceEdges(reference: ArrayLike<number>, bins = 10): number[] {
  const sorted = Float64Array.from(reference).sort();
  const edges = Array.from({ length: bins - 1 }, (_, at) => quantileOfSorted(sorted, (at + 1) / bins));
  return [...new Set(edges)];
}

/**
 * Shares of values in the bins between edges; a value on an edge lies in the bin below it.
 *
 * @param values finite; missing values are judged by their share, on their own
 * @param edges  ascending
 * @returns [edges + 1], together 1
 */
export function binShares(values: ArrayLike<number>, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at]!)) throw new RangeError(`value ${values[at]} at ${at}: expected a finite number`);
    counts[edges.filter((edge) => edge < values[at]!).length]!++;
  }
  return counts.map((count) => count / values.length);
}

/**
 * Population stability index, the sum of (q - p) ln(q / p) over bins (Siddiqi, Credit Risk Scorecards, 2006): the Kullback-Leibler divergence
 * both ways. By custom under .1 is stable and over .25 a shift; chance alone gives about (bins - 1) (1 / n + 1 / m) for n and m values.
 *
 * @param reference [bin] shares
 * @param current   [bin] shares
 */
export function stabilityIndex(reference: readonly number[], current: readonly number[]): number {
  if (reference.length !== current.length)
    throw new RangeError(`${current.length} bins beside ${reference.length} of the reference: expected as many`);
  return reference.reduce((sum, share, bin) => {
    const p = Math.max(SMALLEST_SHARE, share);
    const q = Math.max(SMALLEST_SHARE, current[bin]!);
    return sum + (q - p) * Math.log(q / p);
  }, 0);
}

/** {@link stabilityIndex} of two sets of values over bins of equal share of the first. */
export function populationStabilityIndex(reference: ArrayLike<number>, current: ArrayLike<number>, bins = 10): number {
  const edges = referenceEdges(reference, bins);
  return stabilityIndex(binShares(reference, edges), binShares(current, edges));
}
