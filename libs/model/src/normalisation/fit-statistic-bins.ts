import { scaledStatistics } from './statistics-encoder.js';

/** Windows that are looked at, at most; evenly taken from those given. Their statistics take 26 MB for 36 signals. */
const MOST_WINDOWS = 20_000;

/** On the networks' scale. Within narrower bins rounding would show. */
const LEAST_WIDTH = 1e-3;

/** A window on the networks' scale. */
export interface MeasuredWindow {
  /** [signal, hour] normalised */
  readonly values: Float32Array;
  /** [signal, hour]; 1 measured */
  readonly mask: Float32Array;
}

/** How each statistic is read in pieces: piece b of a number x is x · scale + offset, held within 0 and 1. */
export interface StatisticBins {
  /** [signal x statistic, bin]; 0 for a bin that there is not */
  readonly scale: Float32Array;
  /** [signal x statistic, bin] */
  readonly offset: Float32Array;
}

/**
 * Cuts the range of each statistic at its quantiles over training windows (Gorishniy, Rubachev and Babenko, NeurIPS 2022). A statistic of few values
 * has fewer bins, one of a single value none. Where a statistic cannot be known it does not count.
 *
 * @param count    windows there are
 * @param windowOf reads one of them, from 0
 * @param bins     of each statistic at most
 */
export function fitStatisticBins(
  count: number,
  windowOf: (index: number) => MeasuredWindow,
  hours: number,
  bins: number,
): StatisticBins {
  const looked = Math.min(count, MOST_WINDOWS);
  const rows = Array.from({ length: looked }, (_, at) => {
    const { values, mask } = windowOf(Math.floor((at * count) / looked));
    return scaledStatistics(values, mask, hours);
  });
  const numbers = rows[0]?.length ?? 0;
  const scale = new Float32Array(numbers * bins);
  const offset = new Float32Array(numbers * bins);
  for (let number = 0; number < numbers; number++) {
    const edges = quantileEdges(
      rows.map((row) => row[number]!).filter((value) => !Number.isNaN(value)),
      bins,
    );
    for (let bin = 0; bin + 1 < edges.length; bin++) {
      const width = edges[bin + 1]! - edges[bin]!;
      scale[number * bins + bin] = 1 / width;
      offset[number * bins + bin] = -edges[bin]! / width;
    }
  }
  return { scale, offset };
}

/** At most `bins` + 1 values, ascending, each by {@link LEAST_WIDTH} above the one before it. */
function quantileEdges(values: readonly number[], bins: number): number[] {
  const sorted = Float32Array.from(values).sort();
  const edges: number[] = [];
  for (let bin = 0; bin <= bins && sorted.length > 0; bin++) {
    const edge = sorted[Math.round((bin * (sorted.length - 1)) / bins)]!;
    if (edge - (edges.at(-1) ?? -Infinity) >= LEAST_WIDTH) edges.push(edge);
  }
  return edges;
}
