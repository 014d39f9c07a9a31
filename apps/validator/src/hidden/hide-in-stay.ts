import { HOUR_MS, signalDefinition, type SignalId } from '#clinical';
import { DERIVED_FROM, type RecordedStay } from '#datasets';
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
  const derived = derivedRows(recorded, signals);
  return HIDINGS.flatMap((hiding) => {
    const random = randomOf(`${seed}|validation ${hiding}|${stay.stayId}`);
    const hidden = hiddenOf(mask, signals, hiding, random, derived);
    if (!hidden.includes(1)) return [];
    const left = leftOf(mask, hidden, derived);
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
  derived: ReadonlyMap<number, number>,
): Float32Array {
  const kinds = signals.map(signalDefinition);
  // Signals that only say that something was done (a ventilator) have no value to impute, and what is computed was not measured.
  const wanted = mask.map((measured, entry) => {
    const row = Math.floor(entry / WINDOW_HOURS);
    const { kind, presenceOnly } = kinds[row]!;
    return presenceOnly === true || derived.has(row) || (hiding === 'laboratory-50' && kind !== 'laboratory')
      ? 0
      : measured;
  });
  return hideEntries(wanted, WINDOW_HOURS, 'points', random, hiding === 'points-10' ? POINTS_SHARE : LABORATORY_SHARE);
}

/** Rows of signals that the stay's data set computed from another signal, with the row of that signal where the release reads it. */
function derivedRows({ observations }: RecordedStay, signals: readonly SignalId[]): ReadonlyMap<number, number> {
  const computed = new Set(observations.filter(({ source }) => source === 'derived').map(({ signal }) => signal));
  return new Map(
    Object.entries(DERIVED_FROM)
      .filter(([signal]) => computed.has(signal as SignalId))
      .map(([signal, origin]) => [signals.indexOf(signal as SignalId), signals.indexOf(origin)]),
  );
}

/** What is still shown: not what was hidden, nor what was computed from it. */
function leftOf(mask: Float32Array, hidden: Float32Array, derived: ReadonlyMap<number, number>): Float32Array {
  return mask.map((measured, entry) => {
    const row = Math.floor(entry / WINDOW_HOURS);
    const originRow = derived.get(row) ?? row;
    const origin = (originRow < 0 ? row : originRow) * WINDOW_HOURS + (entry % WINDOW_HOURS);
    return hidden[entry] === 1 || hidden[origin] === 1 ? 0 : measured;
  });
}
