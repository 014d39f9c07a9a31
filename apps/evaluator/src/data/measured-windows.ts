import { pickWindows, type WindowStore } from '#training';

/**
 * The windows that are measured, alone, each in the part of the split that its patient's hash gives: what a training saw follows from
 * that part, whatever a preset has made of it.
 *
 * @param store    of which `measured` are indices
 * @param original the windows of the data set as they were read
 */
export function measuredWindows(store: WindowStore, measured: readonly number[], original: WindowStore): WindowStore {
  const parts = new Map(original.labels.map(({ stayId, part }) => [stayId, part]));
  const picked = pickWindows(store, measured);
  return {
    ...picked,
    labels: picked.labels.map((label) => ({ ...label, part: parts.get(label.stayId) ?? label.part })),
  };
}
