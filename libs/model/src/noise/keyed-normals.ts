import { createHash } from 'node:crypto';
import { fillPhilox4x32 } from './philox.js';

const WORD = 0x1_0000_0000;

/**
 * Standard normal numbers that depend on a key and on nothing else: the same key gives the same bytes in any batch, process or machine.
 *
 * SHA-256 of the key gives the generator's key and the upper counter words, the position in the sequence the lowest; Philox4x32-10,
 * then Box and Muller (Ann Math Stat 1958;29:610). A longer sequence starts with the shorter one.
 *
 * @param noiseKey any text, for instance stay|due time|window digest|release
 */
export function keyedNormals(noiseKey: string, count: number): Float32Array {
  const digest = createHash('sha256').update(noiseKey, 'utf8').digest();
  const seed = Uint32Array.from({ length: 5 }, (_, index) => digest.readUInt32LE(4 * index));
  const normals = new Float32Array(count);
  const words = new Uint32Array(4);
  for (let first = 0; first < count; first += 4) {
    words[0] = first / 4;
    words[1] = seed[2]!;
    words[2] = seed[3]!;
    words[3] = seed[4]!;
    fillPhilox4x32(words, seed[0]!, seed[1]!);
    for (let pair = 0; pair < 4; pair += 2) {
      const radius = Math.sqrt(-2 * Math.log((words[pair]! + 0.5) / WORD));
      const angle = (2 * Math.PI * (words[pair + 1]! + 0.5)) / WORD;
      // A typed array drops what is written past its end.
      normals[first + pair] = radius * Math.cos(angle);
      normals[first + pair + 1] = radius * Math.sin(angle);
    }
  }
  return normals;
}
