import { describe, expect, it } from '@jest/globals';
import { sharePartitions } from './share-partitions.js';

const TOPICS = [
  { name: 'events', partitions: 4, cleanup: 'compact' },
  { name: 'scores', partitions: 1, cleanup: 'compact' },
] as const;

describe('sharing partitions', () => {
  it('gives each partition to one member, in turn', () => {
    const [one, two] = [{ options: { topics: ['events'] } }, { options: { topics: ['events', 'scores'] } }];
    const shares = sharePartitions([one, two], TOPICS);
    expect(shares.get(one)!.map(({ topic, partition }) => `${topic}/${partition}`)).toEqual(['events/0', 'events/2']);
    expect(shares.get(two)!.map(({ topic, partition }) => `${topic}/${partition}`)).toEqual([
      'events/1',
      'events/3',
      'scores/0',
    ]);
  });

  it('leaves a member without a partition when there are more members than partitions', () => {
    const members = [1, 2].map(() => ({ options: { topics: ['scores'] } }));
    expect([...sharePartitions(members, TOPICS).values()].map((share) => share.length)).toEqual([1, 0]);
  });
});
