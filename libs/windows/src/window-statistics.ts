/** What {@link windowStatistics} says of a signal, in order. `age` is the hours from the last measured hour to the window's last hour. */
export const WINDOW_STATISTICS = ['last', 'first', 'mean', 'min', 'max', 'sd', 'slope', 'count', 'age'] as const;

/** One of {@link WINDOW_STATISTICS}. */
export type WindowStatistic = (typeof WINDOW_STATISTICS)[number];

const WIDTH = WINDOW_STATISTICS.length;

/**
 * Sums up measured hours, signal by signal: nothing is read where the mask is 0.
 *
 * `sd` is the sample standard deviation (divided by count - 1) and `slope` the least-squares line per hour; both need two measured hours.
 * Sums are taken around the first value in double precision, so that a constant signal has sd and slope 0 to the bit.
 *
 * @param values [signal, hour] in any unit, which the statistics share; several windows laid end to end are just more signals
 * @param mask   [signal, hour]; 1 measured, 0 missing
 * @param hours  length of a row
 * @param into   [signal, 9], written over; a new array where absent, owned by the caller
 * @returns      `into`: NaN where a statistic is undefined; count is always a number
 * @throws RangeError when the lengths do not agree
 */
export function windowStatistics(
  values: Float32Array,
  mask: Float32Array,
  hours: number,
  into: Float32Array = new Float32Array((values.length / hours) * WIDTH),
): Float32Array {
  const signals = values.length / hours;
  if (!Number.isInteger(signals) || mask.length !== values.length || into.length !== signals * WIDTH) {
    throw new RangeError(
      `${values.length} values, ${mask.length} mask entries and room for ${into.length} statistics do not agree: ` +
        `expected rows of ${hours} hours, as much mask, and ${WIDTH} statistics a row`,
    );
  }
  for (let signal = 0; signal < signals; signal++) sumUpRow(values, mask, signal * hours, hours, into, signal * WIDTH);
  return into;
}

function sumUpRow(
  values: Float32Array,
  mask: Float32Array,
  start: number,
  hours: number,
  into: Float32Array,
  at: number,
): void {
  let count = 0;
  let first = NaN;
  let last = NaN;
  let lastHour = 0;
  let min = Infinity;
  let max = -Infinity;
  // sums of x = value - first and of t = hour, for mean, deviation and line
  let sumX = 0;
  let sumXX = 0;
  let sumT = 0;
  let sumTT = 0;
  let sumTX = 0;
  for (let hour = 0; hour < hours; hour++) {
    if (mask[start + hour] !== 1) continue;
    last = values[start + hour]!;
    if (count === 0) first = last;
    count++;
    lastHour = hour;
    if (last < min) min = last;
    if (last > max) max = last;
    const x = last - first;
    sumX += x;
    sumXX += x * x;
    sumT += hour;
    sumTT += hour * hour;
    sumTX += hour * x;
  }
  const several = count > 1;
  into[at] = last;
  into[at + 1] = first;
  into[at + 2] = count > 0 ? first + sumX / count : NaN;
  into[at + 3] = count > 0 ? min : NaN;
  into[at + 4] = count > 0 ? max : NaN;
  into[at + 5] = several ? Math.sqrt(Math.max(0, sumXX - (sumX * sumX) / count) / (count - 1)) : NaN;
  into[at + 6] = several ? (count * sumTX - sumT * sumX) / (count * sumTT - sumT * sumT) : NaN;
  into[at + 7] = count;
  into[at + 8] = count > 0 ? hours - 1 - lastHour : NaN;
}
