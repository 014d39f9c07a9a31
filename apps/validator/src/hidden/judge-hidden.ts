import type { SignalId } from '#clinical';
import { SignalNormaliser, type ImputedWindow, type SignalScale } from '#model';
import { WINDOW_HOURS } from '#windows';
import type { HiddenStay, HiddenSums } from './hidden-stay.js';
import type { HiddenWindow } from './hide-in-stay.js';

/**
 * Errors of an imputation on the entries that were hidden, by signal, beside those of the last value carried forward (the training mean
 * where the window holds none before).
 *
 * @param imputed what the scorer made of the window without them
 */
export function judgeHidden(
  { stayId, hiding, truth, hidden, shown }: HiddenWindow,
  imputed: ImputedWindow,
  signals: readonly SignalId[],
  scales: Readonly<Record<string, SignalScale>>,
): HiddenStay {
  const normaliser = new SignalNormaliser(signals, scales);
  const all = new Float32Array(truth.length).fill(1);
  const known = normaliser.normalise(truth, all);
  const found = normaliser.normalise(imputed.median, all);
  const carried = carriedForward(normaliser.normalise(shown.values, shown.mask), shown.mask);
  const sums = signals.flatMap((signal, row): HiddenSums[] => {
    const entries = Array.from({ length: WINDOW_HOURS }, (_, hour) => row * WINDOW_HOURS + hour).filter(
      (entry) => hidden[entry] === 1,
    );
    if (entries.length === 0) return [];
    const sum = (of: (entry: number) => number): number => entries.reduce((total, entry) => total + of(entry), 0);
    return [
      {
        signal,
        entries: entries.length,
        squared: sum((entry) => (found[entry]! - known[entry]!) ** 2),
        absolute: sum((entry) => Math.abs(found[entry]! - known[entry]!)),
        carriedSquared: sum((entry) => (carried[entry]! - known[entry]!) ** 2),
        carriedAbsolute: sum((entry) => Math.abs(carried[entry]! - known[entry]!)),
        storedAbsolute: sum((entry) => Math.abs(imputed.median[entry]! - truth[entry]!)),
        within: sum((entry) => Number(imputed.low[entry]! <= truth[entry]! && truth[entry]! <= imputed.high[entry]!)),
      },
    ];
  });
  return { stayId, hiding, sums };
}

/** [signal, hour] normalised: the last measured value of the signal at or before the hour, 0 (the training mean) where there is none. */
function carriedForward(values: Float32Array, mask: Float32Array): Float32Array {
  const carried = new Float32Array(values.length);
  for (let entry = 0; entry < values.length; entry++) {
    const isFirst = entry % WINDOW_HOURS === 0;
    if (mask[entry] === 1) carried[entry] = values[entry]!;
    else if (!isFirst) carried[entry] = carried[entry - 1]!;
  }
  return carried;
}
