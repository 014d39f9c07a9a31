import { signalDefinition, type SignalId } from '#clinical';
import { hideEntries, randomOf, type WindowStore } from '#training';

/** Ways of hiding measured entries: shares of random points, blocks of hours, whole signals, whole laboratory signals. */
export const HIDING_NAMES = ['10', '30', '50', '70', '90', 'blocks', 'signals', 'laboratory'] as const;

/** One of {@link HIDING_NAMES}. */
export type HidingName = (typeof HIDING_NAMES)[number];

/** Share of a window's laboratory values that `laboratory` hides. */
const LABORATORY_SHARE = 0.5;

const TITLES: Readonly<Record<HidingName, string>> = {
  '10': '10 % of points',
  '30': '30 % of points',
  '50': '50 % of points',
  '70': '70 % of points',
  '90': '90 % of points',
  blocks: 'blocks of 2 to 9 hours',
  signals: 'whole signals, 1 to 7',
  laboratory: 'half of the laboratory values',
};

/** The way of hiding in words, as tables say it. */
export function hidingTitle(name: HidingName): string {
  return TITLES[name];
}

/** Share of random points that is hidden; undefined for other ways. */
export function hiddenShare(name: HidingName): number | undefined {
  const share = Number(name) / 100;
  return Number.isNaN(share) ? undefined : share;
}

/**
 * Hides measured entries of windows. What is hidden in a window depends on seed, stay and hour only, not on the windows beside it.
 *
 * @param mask [window, signal, hour] of the windows at `indices`; 1 measured
 * @returns    [window, signal, hour]; 1 where a measured entry is hidden
 */
export function hideInWindows(
  store: WindowStore,
  indices: readonly number[],
  mask: Float32Array,
  name: HidingName,
  seed: number,
): Float32Array {
  const size = store.signals.length * store.hours;
  const hidden = new Float32Array(mask.length);
  indices.forEach((index, row) => {
    const { datasetId, stayId, hoursSinceAdmission } = store.labels[index]!;
    const random = randomOf(`${seed}|hidden ${name}|${datasetId}|${stayId}|${hoursSinceAdmission}`);
    const own = mask.subarray(row * size, (row + 1) * size);
    hidden.set(hideOne(own, store, name, random), row * size);
  });
  return hidden;
}

function hideOne(
  mask: Float32Array,
  { signals, hours }: WindowStore,
  name: HidingName,
  random: () => number,
): Float32Array {
  if (name === 'blocks') return hideEntries(mask, hours, 'hours', random);
  if (name === 'signals') return hideEntries(mask, hours, 'signals', random);
  if (name !== 'laboratory') return hideEntries(mask, hours, 'points', random, hiddenShare(name)!);
  const laboratory = mask.map((measured, entry) =>
    signalDefinition(signals[Math.floor(entry / hours)] as SignalId).kind === 'laboratory' ? measured : 0,
  );
  return hideEntries(laboratory, hours, 'points', random, LABORATORY_SHARE);
}
