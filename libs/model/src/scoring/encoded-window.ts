import { hoursSinceObserved } from '../hours-since-observed.js';
import { encodeStatic, type StaticScales } from '../normalisation/static-encoder.js';
import { encodeStatistics } from '../normalisation/statistics-encoder.js';
import type { SignalNormaliser } from '../normalisation/signal-normaliser.js';
import type { WindowToScore } from './window-score.js';

/** A window as the networks read it. */
export interface EncodedWindow {
  /** [signal, hour] normalised, 0 where missing. */
  readonly values: Float32Array;
  readonly mask: Float32Array;
  readonly hoursSince: Float32Array;
  /** [signal, statistic] of the measured hours. */
  readonly statistics: Float32Array;
  readonly static: Float32Array;
}

/** A window without gaps, whoever filled them, and what its calibration depends on; the mask still says what was measured. */
export interface FilledWindow extends EncodedWindow {
  /** At the window's end. */
  readonly hoursSinceAdmission: number;
}

/**
 * Normalises a window.
 *
 * @throws RangeError when it does not have `size` entries
 */
export function encodeForNetworks(
  window: WindowToScore,
  hours: number,
  normaliser: SignalNormaliser,
  scales: StaticScales,
): EncodedWindow {
  const size = normaliser.signals.length * hours;
  for (const part of ['values', 'mask'] as const) {
    if (window[part].length !== size)
      throw new RangeError(
        `the window's ${part} hold ${window[part].length} numbers, expected ${size}: signals x hours`,
      );
  }
  const { mask } = window;
  const values = normaliser.normalise(window.values, mask);
  return {
    ...encodeMeasured(values, mask, hours),
    static: encodeStatic(window.static, window.hoursSinceAdmission, scales),
  };
}

/** What follows from the measured entries of a normalised window: [signal, hour] each. */
export function encodeMeasured(values: Float32Array, mask: Float32Array, hours: number): Omit<EncodedWindow, 'static'> {
  return {
    values,
    mask,
    hoursSince: hoursSinceObserved(mask, hours),
    statistics: encodeStatistics(values, mask, hours),
  };
}
