import { createHash } from 'node:crypto';
import { seededRandom } from '#evaluation';

/** Uniform numbers in [0, 1) that depend on a text only, so that every step of a fit can be drawn without the steps before it. */
export function keyedRandom(text: string): () => number {
  return seededRandom(createHash('sha256').update(text).digest().readUInt32LE(0));
}

/** Standard normal numbers from uniform ones (Box and Muller 1958). */
export function normalsOf(random: () => number, count: number): Float32Array {
  const normals = new Float32Array(count);
  for (let at = 0; at < count; at += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    normals[at] = radius * Math.cos(angle);
    if (at + 1 < count) normals[at + 1] = radius * Math.sin(angle);
  }
  return normals;
}

/** Puts items into random order, in place (Fisher and Yates). */
export function shuffle(items: number[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
}
