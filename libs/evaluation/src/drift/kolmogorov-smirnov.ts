/** Terms of the series; it has long converged by then wherever it is used. */
const SERIES_TERMS = 100;

/** Two-sample Kolmogorov-Smirnov test. */
export interface KolmogorovSmirnov {
  /** Greatest distance between the two empirical distributions, in [0, 1]. */
  readonly statistic: number;
  /** Chance of such a distance or a greater one where both are drawn from one continuous distribution; approximate, cautious with ties. */
  readonly pValue: number;
}

/**
 * Greatest distance between two empirical distributions, with Stephens' approximation of its chance (J R Stat Soc B 1970;32:115; good from
 * about four values each). Rows are taken as independent, and with many rows the smallest shift is certain: read the statistic first.
 *
 * @param first  at least one number
 * @param second at least one number
 */
export function kolmogorovSmirnov(first: ArrayLike<number>, second: ArrayLike<number>): KolmogorovSmirnov {
  if (first.length === 0 || second.length === 0)
    throw new RangeError(`samples of ${first.length} and ${second.length} numbers: expected at least one in each`);
  const [a, b] = [Float64Array.from(first).sort(), Float64Array.from(second).sort()];
  if (Number.isNaN(a.at(-1)!) || Number.isNaN(b.at(-1)!))
    throw new RangeError('a value is not a number: expected numbers only');
  let [below, above, statistic] = [0, 0, 0];
  while (below < a.length && above < b.length) {
    const value = Math.min(a[below]!, b[above]!);
    while (a[below] === value) below++;
    while (b[above] === value) above++;
    statistic = Math.max(statistic, Math.abs(below / a.length - above / b.length));
  }
  return { statistic, pValue: chanceOf(statistic, a.length, b.length) };
}

/**
 * The same of two histograms over the same bins: the distance at the inner edges, which is at most that of the values themselves. For a side that keeps no values.
 *
 * @param first  [bin] counts, together at least one
 * @param second [bin] counts, together at least one
 */
export function binnedKolmogorovSmirnov(first: ArrayLike<number>, second: ArrayLike<number>): KolmogorovSmirnov {
  if (first.length !== second.length)
    throw new RangeError(`${second.length} bins beside ${first.length}: expected as many`);
  const [a, b] = [sumOf(first), sumOf(second)];
  if (!(a > 0) || !(b > 0)) throw new RangeError(`histograms of ${a} and ${b} values: expected at least one in each`);
  let [belowFirst, belowSecond, statistic] = [0, 0, 0];
  for (let bin = 0; bin < first.length - 1; bin++) {
    belowFirst += first[bin]!;
    belowSecond += second[bin]!;
    statistic = Math.max(statistic, Math.abs(belowFirst / a - belowSecond / b));
  }
  return { statistic, pValue: chanceOf(statistic, a, b) };
}

function chanceOf(statistic: number, first: number, second: number): number {
  const root = Math.sqrt((first * second) / (first + second));
  return kolmogorovTail((root + 0.12 + 0.11 / root) * statistic);
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < counts.length; at++) sum += counts[at]!;
  return sum;
}

/** Chance that Kolmogorov's distribution exceeds a value. */
function kolmogorovTail(value: number): number {
  if (value < 0.2) return 1;
  let sum = 0;
  for (let term = 1; term <= SERIES_TERMS; term++)
    sum += (term % 2 === 1 ? 2 : -2) * Math.exp(-2 * term * term * value * value);
  return Math.min(1, Math.max(0, sum));
}
