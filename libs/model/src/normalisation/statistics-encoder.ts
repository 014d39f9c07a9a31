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

const KINDS = WINDOW_STATISTICS.length;

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
  return scaledStatistics(values, mask, hours).map((value, index) => {
    if (!Number.isNaN(value)) return value;
    return WINDOW_STATISTICS[index % KINDS] === 'age' ? 1 : 0;
  });
}

/** As {@link encodeStatistics}, but NaN where a statistic cannot be known. */
export function scaledStatistics(values: Float32Array, mask: Float32Array, hours: number): Float32Array {
  return windowStatistics(values, mask, hours).map((value, index) =>
    TO_SCALE[WINDOW_STATISTICS[index % KINDS]!](value, hours),
  );
}

function same(value: number): number {
  return value;
}
