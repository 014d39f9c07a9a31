import { seededRandom } from '#evaluation';
import { createHash } from 'node:crypto';
import type { WindowStore } from '../windows/recorded-window.js';

/** A generator that depends on a text only, so that any step of a training can be drawn again without the steps before it. */
export function randomOf(text: string): () => number {
  return seededRandom(createHash('sha256').update(text).digest().readUInt32LE(0));
}

/**
 * The batches of one epoch: every training stay once, in random order, each with one of its windows.
 *
 * One window a stay keeps long stays from weighing more. The last batch is left out where it would not be full;
 * fewer stays than a batch has windows are one smaller batch.
 *
 * @returns window indices of each batch
 */
export function planEpoch(store: WindowStore, batchSize: number, seed: number | string, epoch: number): number[][] {
  const random = randomOf(`${seed}|epoch ${epoch}`);
  const windowsOfStay = new Map<string, number[]>();
  store.labels.forEach(({ part, datasetId, stayId }, index) => {
    if (part !== 'train') return;
    const key = `${datasetId}|${stayId}`;
    windowsOfStay.set(key, [...(windowsOfStay.get(key) ?? []), index]);
  });
  const chosen = [...windowsOfStay.values()].map((windows) => windows[Math.floor(random() * windows.length)]!);
  shuffle(chosen, random);
  const size = Math.max(1, Math.min(batchSize, chosen.length));
  const batches = Math.floor(chosen.length / size);
  return Array.from({ length: batches }, (_, batch) => chosen.slice(batch * size, (batch + 1) * size));
}

function shuffle(items: number[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
}
