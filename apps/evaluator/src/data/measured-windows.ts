import type { WindowStore } from '#training';

/**
 * The windows that are measured, alone, each in the part of the split that its patient's hash gives: what a training saw follows from
 * that part, whatever a preset has made of it.
 *
 * @param store    of which `measured` are indices
 * @param original the windows of the data set as they were read
 */
export function measuredWindows(store: WindowStore, measured: readonly number[], original: WindowStore): WindowStore {
  const size = store.signals.length * store.hours;
  const values = new Float32Array(measured.length * size);
  measured.forEach((index, row) => values.set(store.values.subarray(index * size, (index + 1) * size), row * size));
  const parts = new Map(original.labels.map(({ stayId, part }) => [stayId, part]));
  const labels = measured.map((index) => {
    const label = store.labels[index]!;
    return { ...label, part: parts.get(label.stayId) ?? label.part };
  });
  return { ...store, labels, values };
}
