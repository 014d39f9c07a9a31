import { describe, expect, it } from '@jest/globals';
import { EventLogError } from './event-log-error.js';
import { wantedPartitions } from './wanted-partitions.js';

describe('the partitions to read', () => {
  it('are all of the topic when none is named, and otherwise those that are', () => {
    expect(wantedPartitions('events', 3, undefined)).toEqual([0, 1, 2]);
    expect(wantedPartitions('events', 3, [2, 0])).toEqual([2, 0]);
    expect(wantedPartitions('events', 3, [])).toEqual([]);
  });

  it.each([3, -1, Number.NaN])('are refused when %s is among them', (partition) => {
    const asking = () => wantedPartitions('events', 3, [0, partition]);
    expect(asking).toThrow(
      new EventLogError('topic-unknown', `topic events has 3 partitions, there is no partition ${partition}`),
    );
  });
});
