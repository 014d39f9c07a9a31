import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';
import { shareByNumber } from './share-by-number.js';

type Cluster = Parameters<PartitionAssigner>[0]['cluster'];

/** Shares topics of so many partitions among so many members: what each gets, by topic. */
async function shared(partitions: number, memberCount: number, topics: string[]): Promise<Record<string, number[]>[]> {
  const cluster = {
    findTopicPartitionMetadata: () => Array.from({ length: partitions }, (_, partitionId) => ({ partitionId })),
  } as unknown as Cluster;
  const assigner = shareByNumber({ cluster, groupId: 'g', logger: undefined as never });
  const members = Array.from({ length: memberCount }, (_, at) => ({
    memberId: `member-${(at * 7) % memberCount}-${at}`,
    memberMetadata: assigner.protocol({ topics }).metadata,
  }));
  const shares = await assigner.assign({ members, topics });
  return shares.map(({ memberAssignment }) => AssignerProtocol.MemberAssignment.decode(memberAssignment)!.assignment);
}

describe('shareByNumber', () => {
  it('gives every partition to one member, and all of one number to the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 7 }), async (partitions, members) => {
        const shares = await shared(partitions, members, ['scores', 'events', 'commands']);
        expect(shares).toHaveLength(members);
        for (const { scores, events, commands } of shares) expect([events, commands]).toEqual([scores, scores]);
        const all = shares.flatMap(({ scores }) => scores!).sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: partitions }, (_, number) => number));
      }),
    );
  });

  it('parts five partitions of two topics between two members by hand', async () => {
    expect(await shared(5, 2, ['a', 'b'])).toEqual([
      { a: [0, 2, 4], b: [0, 2, 4] },
      { a: [1, 3], b: [1, 3] },
    ]);
  });
});
