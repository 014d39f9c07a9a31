const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** Four 32-bit words, unsigned. */
export type FourWords = readonly [number, number, number, number];

/**
 * Philox4x32-10: 128 random bits as a function of a counter and a key, without any state.
 *
 * Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
export function philox4x32(counter: FourWords, key: readonly [number, number]): FourWords {
  const [c0, c1, c2, c3] = fillPhilox4x32(new Uint32Array(counter), key[0], key[1]);
  return [c0!, c1!, c2!, c3!];
}

/**
 * The same in place, for loops that draw millions: nothing is allocated.
 *
 * @param words the counter; holds the random words afterwards
 * @returns     `words`
 */
export function fillPhilox4x32(words: Uint32Array, key0: number, key1: number): Uint32Array {
  let c0 = words[0]! | 0;
  let c1 = words[1]! | 0;
  let c2 = words[2]! | 0;
  let c3 = words[3]! | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
  return words;
}

/** Upper 32 bits of the product of two 32-bit numbers that are read as unsigned. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const low = Math.imul(a0, b0);
  const middle0 = Math.imul(a1, b0);
  const middle1 = Math.imul(a0, b1);
  const carry = (low >>> 16) + (middle0 & 0xffff) + (middle1 & 0xffff);
  return (Math.imul(a1, b1) + (middle0 >>> 16) + (middle1 >>> 16) + (carry >>> 16)) | 0;
}
