import type { OutcomeGrid } from '../methods/window-grid.js';
import { keyedRandom, normalsOf } from './training/keyed-random.js';

/** Signals of the made-up windows; the second mirrors the first. */
const SIGNALS = ['heart-rate', 'lactate'] as const;

/**
 * Made-up windows whose answers are known, for tests and dry runs.
 *
 * At every hour the second signal is the first with its sign turned, while hours have nothing to do with each other: a hidden entry
 * follows from its twin, and from nothing else. Those who die have a trend of +1 over the window in the first signal, the others −1.
 */
export function madeUpWindows(key: string, count: number, hours: number, shareMeasured = 1): OutcomeGrid {
  const random = keyedRandom(key);
  const labels = Float32Array.from({ length: count }, () => Number(random() < 0.5));
  const noise = normalsOf(random, count * hours);
  const entries = 2 * hours;
  const mask = Float32Array.from({ length: count * entries }, () => Number(random() < shareMeasured));
  const values = Float32Array.from({ length: count * entries }, (_, entry) => {
    const window = Math.floor(entry / entries);
    const hour = entry % hours;
    const trend = (labels[window] === 1 ? 1 : -1) * ((2 * hour) / (hours - 1) - 1);
    const value = 0.7 * (trend + noise[window * hours + hour]!);
    return mask[entry] === 0 ? 0 : entry % entries < hours ? value : -value;
  });
  return {
    count,
    signalIds: SIGNALS,
    hours,
    staticSize: 1,
    values,
    mask,
    static: new Float32Array(count),
    stored: values.map((value, entry) => (mask[entry] === 1 ? value : Number.NaN)),
    stays: Array.from({ length: count }, () => ({ static: {}, hoursSinceAdmission: hours })),
    labels,
  };
}
