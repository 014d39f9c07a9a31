import { signalDefinition, type SignalId } from '#clinical';
import { WINDOW_HOURS } from './slot-layout.js';
import type { StayWindow } from './stay-window.js';

/** A window as numbers for a network. */
export interface WindowBins {
  /** [signal, hour], stored units, oldest hour first; 0 where nothing was measured. */
  readonly values: Float32Array;
  /** [signal, hour]; 1 measured, 0 missing. */
  readonly mask: Float32Array;
  /** Start of hour 0, epoch milliseconds. */
  readonly windowStartMs: number;
}

/**
 * Sums up the slots of each hour as the catalogue says (mean, last or sum).
 *
 * Sums run in slot order in double precision and are rounded to a float once, so that equal windows give equal bits.
 * The caller owns the arrays.
 */
export function windowBins(window: StayWindow, signals: readonly SignalId[]): WindowBins {
  const values = new Float32Array(signals.length * WINDOW_HOURS);
  const mask = new Float32Array(signals.length * WINDOW_HOURS);
  signals.forEach((signal, row) => sumUpSignal(window, signal, row * WINDOW_HOURS, values, mask));
  return { values, mask, windowStartMs: window.windowStartMs };
}

function sumUpSignal(
  window: StayWindow,
  signal: SignalId,
  first: number,
  values: Float32Array,
  mask: Float32Array,
): void {
  const { hourly } = signalDefinition(signal);
  const sums = new Float64Array(WINDOW_HOURS);
  const counts = new Uint8Array(WINDOW_HOURS);
  window.forEachSlot(signal, (hour, _slotInHour, entry) => {
    const bin = hour - window.oldestHour;
    sums[bin] = hourly === 'last' ? entry.value : sums[bin]! + entry.value;
    counts[bin]!++;
  });
  for (let bin = 0; bin < WINDOW_HOURS; bin++) {
    if (counts[bin] === 0) continue;
    values[first + bin] = hourly === 'mean' ? sums[bin]! / counts[bin]! : sums[bin]!;
    mask[first + bin] = 1;
  }
}
