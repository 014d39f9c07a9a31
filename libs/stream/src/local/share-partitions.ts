import type { TopicPartition } from '../subscription.js';
import type { TopicSpecification } from '../topic-specification.js';

/** What takes part in the sharing. */
export interface Sharer {
  readonly options: { readonly topics: readonly string[] };
}

/**
 * Shares the partitions of each topic among the members that read it, in the order they joined: partition p goes to member p
 * modulo their number. The same members always get the same partitions.
 */
export function sharePartitions<Member extends Sharer>(
  members: readonly Member[],
  topics: readonly TopicSpecification[],
): Map<Member, TopicPartition[]> {
  const shares = new Map<Member, TopicPartition[]>(members.map((member) => [member, []]));
  for (const { name, partitions } of topics) {
    const readers = members.filter((member) => member.options.topics.includes(name));
    for (let partition = 0; partition < partitions && readers.length > 0; partition++) {
      shares.get(readers[partition % readers.length]!)!.push({ topic: name, partition });
    }
  }
  return shares;
}
