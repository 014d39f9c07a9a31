const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;
const ROTATION = 24;

/** MurmurHash2, 32 bits, as Kafka's Java client computes it (`org.apache.kafka.common.utils.Utils.murmur2`). Signed. */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let hash = SEED ^ length;
  const wordsEnd = length - (length % 4);
  for (let at = 0; at < wordsEnd; at += 4) {
    let word = Math.imul(view.getInt32(at, true), MULTIPLIER);
    word ^= word >>> ROTATION;
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(word, MULTIPLIER);
  }
  if (length % 4 === 3) hash ^= view.getUint8(wordsEnd + 2) << 16;
  if (length % 4 >= 2) hash ^= view.getUint8(wordsEnd + 1) << 8;
  if (length % 4 >= 1) hash = Math.imul(hash ^ view.getUint8(wordsEnd), MULTIPLIER);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  hash ^= hash >>> 15;
  return hash;
}
