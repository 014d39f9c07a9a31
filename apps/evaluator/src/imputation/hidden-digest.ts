import { createHash } from 'node:crypto';
import { windowAt } from '#training';
import type { ImputationTask } from './impute-cell.js';
import { hideInWindows, type HidingName } from './hidings.js';

/** SHA-256 of which entries are hidden in the measured windows, by any number of ways; hex. Equal digests: equal entries. */
export function digestOfHidden(
  { store, measured }: ImputationTask,
  names: readonly HidingName[],
  seed: number,
): string {
  const hash = createHash('sha256');
  const [signals, hours] = [store.signals.length, store.hours];
  for (const name of names)
    for (const index of measured) {
      const { datasetId, stayId, hoursSinceAdmission } = store.labels[index]!;
      const hidden = hideInWindows(store, [index], windowAt(store, index).mask, name, seed);
      hash.update(`${name}|${datasetId}|${stayId}|${hoursSinceAdmission}|${signals}|${hours}|`);
      hash.update(Uint8Array.from(hidden));
    }
  return hash.digest('hex');
}
