import { murmur2 } from './murmur2.js';

/**
 * The partition of a key: murmur2 of its UTF-8 bytes, sign bit cleared, modulo the number of partitions. It is what Kafka's
 * own default partitioner does, so a key is in the same partition on every adapter and for every other Kafka client.
 */
export function partitionOfKey(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitions;
}
