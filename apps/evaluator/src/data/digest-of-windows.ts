import type { WindowStore } from '#training';
import { createHash } from 'node:crypto';

/**
 * SHA-256 of windows by what they hold and whose they are, hex: the same windows give the same digest whatever else was read beside them, so
 * that a cell is found again by a run that asks for other hours or more stays.
 */
export function digestOfWindows(store: WindowStore, indices: readonly number[]): string {
  const size = store.signals.length * store.hours;
  const hash = createHash('sha256').update(JSON.stringify([store.signals, store.hours]));
  for (const index of indices) {
    const { datasetId, stayId, hoursSinceAdmission, died, static: known } = store.labels[index]!;
    hash.update(JSON.stringify([datasetId, stayId, hoursSinceAdmission, died, known]));
    const values = store.values.subarray(index * size, (index + 1) * size);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex');
}
