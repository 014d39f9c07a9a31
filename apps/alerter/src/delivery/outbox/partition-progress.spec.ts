import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PartitionProgress } from './partition-progress.js';

describe('how far a sink is in a partition', () => {
  it('moves up to the oldest delivery that has not ended', () => {
    const progress = new PartitionProgress();
    for (const offset of [5n, 6n, 9n]) progress.take(offset);
    expect(progress.uncommitted()).toBeUndefined();
    progress.end(6n);
    expect([progress.uncommitted(), progress.open]).toEqual([undefined, 3]);
    progress.end(5n);
    expect([progress.uncommitted(), progress.open]).toEqual([7n, 1]);
    progress.wasCommitted(7n);
    expect(progress.uncommitted()).toBeUndefined();
    progress.end(9n);
    expect([progress.uncommitted(), progress.open]).toEqual([10n, 0]);
  });

  it('never passes what has not ended, in whatever order the others end', () => {
    const ends = fc.integer({ min: 1, max: 3_000 }).chain((count) => {
      const offsets = Array.from({ length: count }, (_, i) => BigInt(i));
      return fc.record({ count: fc.constant(count), order: fc.shuffledSubarray(offsets) });
    });
    fc.assert(
      fc.property(ends, ({ count, order }) => {
        const progress = new PartitionProgress();
        for (let i = 0; i < count; i++) progress.take(BigInt(i));
        for (const offset of order) progress.end(offset);
        const ended = new Set(order);
        let first = 0n;
        while (ended.has(first)) first += 1n;
        expect(progress.uncommitted() ?? 0n).toBe(first);
        expect(progress.open).toBe(count - Number(first));
      }),
      { numRuns: 40 },
    );
  });
});
