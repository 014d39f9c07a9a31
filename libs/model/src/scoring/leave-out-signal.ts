import { encodeStatistics, STATISTIC_FEATURES } from '../normalisation/statistics-encoder.js';
import type { EncodedWindow } from './encoded-window.js';

/**
 * A complete window without one signal: unmeasured at every hour, its value the training mean (0 on the networks' scale).
 *
 * The mean, not a new imputation without the signal: that would cost an encoding and a full sampling for each signal, and what is to
 * be explained is the risk network's reading of the measurements, not the imputer's guess of them.
 */
export function leaveOutSignal(window: EncodedWindow, signalIndex: number, hours: number): EncodedWindow {
  const blank = (source: Float32Array, value: number): Float32Array =>
    Float32Array.from(source).fill(value, signalIndex * hours, (signalIndex + 1) * hours);
  const statistics = Float32Array.from(window.statistics);
  statistics.set(
    encodeStatistics(new Float32Array(hours), new Float32Array(hours), hours),
    signalIndex * STATISTIC_FEATURES.length,
  );
  return {
    values: blank(window.values, 0),
    mask: blank(window.mask, 0),
    hoursSince: blank(window.hoursSince, hours),
    statistics,
    static: window.static,
  };
}

/** Indices of the signals that were measured at least once. */
export function measuredSignals(mask: Float32Array, hours: number): number[] {
  const found: number[] = [];
  for (let signal = 0; signal < mask.length / hours; signal++) {
    if (mask.subarray(signal * hours, (signal + 1) * hours).includes(1)) found.push(signal);
  }
  return found;
}
