import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';

/**
 * Shares partitions among the members of a group by their number: partition p of every topic goes to member p modulo their count, in the
 * order of their ids. So partitions of one number stay together, as those of the same key must where a member joins topics. kafkajs's own
 * round robin counts through all topics and parts them. Every member must read the same topics.
 */
export const shareByNumber: PartitionAssigner = ({ cluster }) => ({
  name: 'ShareByNumberAssigner',
  version: 0,
  async assign({ members, topics }) {
    const ids = members.map(({ memberId }) => memberId).sort();
    return ids.map((memberId, at) => {
      const assignment = Object.fromEntries(
        topics.map((topic) => [topic, partitionsOf(cluster, topic).filter((number) => number % ids.length === at)]),
      );
      return {
        memberId,
        memberAssignment: AssignerProtocol.MemberAssignment.encode({
          ...{ version: this.version, assignment },
          userData: Buffer.alloc(0),
        }),
      };
    });
  },
  protocol({ topics }) {
    const metadata = { version: this.version, topics, userData: Buffer.alloc(0) };
    return { name: this.name, metadata: AssignerProtocol.MemberMetadata.encode(metadata) };
  },
});

function partitionsOf(cluster: Parameters<PartitionAssigner>[0]['cluster'], topic: string): number[] {
  return cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
}
