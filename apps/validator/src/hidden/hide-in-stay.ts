import { HOUR_MS, signalDefinition, type SignalId } from '#clinical';
import type { RecordedStay } from '#datasets';
import type { WindowToScore } from '#model';
import { hideEntries, randomOf, windowsOfStay } from '#training';
import { WINDOW_HOURS } from '#windows';
import { HIDINGS, type Hiding } from './hidden-stay.js';

const POINTS_SHARE = 0.1;
const LABORATORY_SHARE = 0.5;

/** A window with measured entries hidden from the imputer, and what stands behind them. */
export interface HiddenWindow {
  readonly stayId: string;
  readonly hiding: Hiding;
  /** [signal, hour] stored units, as measured. */
  readonly truth: Float32Array;
  /** [signal, hour]; 1 where a measured entry is hidden. */
  readonly hidden: Float32Array;
  /** What the scorer is shown. */
  readonly shown: WindowToScore;
}

/**
 * Hides entries of one window of a stay, in each way. Which window and which entries depends on seed, stay and release's signals alone.
 *
 * @param dueMs times since admission at which the stay was scored; the window is that of one of them, drawn at random
 */
export function hideInStay(
  recorded: RecordedStay,
  signals: readonly SignalId[],
  dueMs: readonly number[],
  seed: number,
): HiddenWindow[] {
  if (dueMs.length === 0) return [];
  const { stay } = recorded;
  const pick = randomOf(`${seed}|validation window|${stay.stayId}`);
  const hours = dueMs[Math.floor(pick() * dueMs.length)]! / HOUR_MS;
  const [bins] = windowsOfStay(recorded, signals, [hours]);
  const { values, mask } = bins!;
  return HIDINGS.flatMap((hiding) => {
    const hidden = hiddenOf(mask, signals, hiding, randomOf(`${seed}|validation ${hiding}|${stay.stayId}`));
    if (!hidden.includes(1)) return [];
    const left = mask.map((measured, entry) => measured - hidden[entry]!);
    const shown: WindowToScore = {
      values: values.map((value, entry) => (left[entry] === 1 ? value : 0)),
      mask: left,
      static: stay.static,
      hoursSinceAdmission: hours,
      noiseKey: `validation|${seed}|${hiding}|${stay.stayId}|${hours}`,
    };
    return [{ stayId: stay.stayId, hiding, truth: values, hidden, shown }];
  });
}

function hiddenOf(
  mask: Float32Array,
  signals: readonly SignalId[],
  hiding: Hiding,
  random: () => number,
): Float32Array {
  const kinds = signals.map(signalDefinition);
  // Signals that only say that something was done (a ventilator) have no value to impute.
  const wanted = mask.map((measured, entry) => {
    const { kind, presenceOnly } = kinds[Math.floor(entry / WINDOW_HOURS)]!;
    return presenceOnly === true || (hiding === 'laboratory-50' && kind !== 'laboratory') ? 0 : measured;
  });
  return hideEntries(wanted, WINDOW_HOURS, 'points', random, hiding === 'points-10' ? POINTS_SHARE : LABORATORY_SHARE);
}
