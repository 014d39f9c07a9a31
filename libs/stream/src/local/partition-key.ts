import type { TopicPartition } from '../subscription.js';

/** A partition as a key of a map. */
export function partitionKey({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
