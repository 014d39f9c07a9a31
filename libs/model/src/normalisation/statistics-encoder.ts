import { WINDOW_STATISTICS, windowStatistics } from '#windows';

/** How each statistic is brought to the networks' scale; one that cannot be known is 0. */
const TO_SCALE: Readonly<Record<(typeof WINDOW_STATISTICS)[number], (value: number, hours: number) => number>> = {
  last: same,
  first: same,
  mean: same,
  min: same,
  max: same,
  sd: same,
  // change over half a window
  slope: (value, hours) => Math.max(-3, Math.min(3, (value * hours) / 2)),
  count: (value, hours) => Math.log1p(value) / Math.log1p(hours),
  age: (value, hours) => value / hours,
};

/** Names of the numbers that sum up a signal, in the order in which a network reads them. Part of the bundle's schema. */
export const STATISTIC_FEATURES: readonly string[] = WINDOW_STATISTICS;

/**
 * The statistics of each signal's measured hours, as the risk network reads them.
 *
 * @param values [signal, hour] normalised
 * @param mask   [signal, hour]; 1 measured
 * @returns      [signal, {@link STATISTIC_FEATURES}.length]; of a signal that was never measured all are 0 but the age, which is 1
 */
export function encodeStatistics(values: Float32Array, mask: Float32Array, hours: number): Float32Array {
  const found = windowStatistics(values, mask, hours);
  const kinds = WINDOW_STATISTICS.length;
  return found.map((value, index) => {
    const name = WINDOW_STATISTICS[index % kinds]!;
    if (Number.isNaN(value)) return name === 'age' ? 1 : 0;
    return TO_SCALE[name](value, hours);
  });
}

function same(value: number): number {
  return value;
}
