import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnavailableScorer } from '../inference/unavailable-scorer.js';
import { ReleaseSeat } from '../releases/served-releases.js';
import { PartitionStays } from '../stays/partition-stays.js';
import type { DueWindow } from '../steps/assemble-window.js';
import { ScoreQueue, type QueuedWindow } from './score-queue.js';

const stays = new PartitionStays(0);

const seat = new ReleaseSeat(new UnavailableScorer('spec'));

function due(stayId: string, dueAtMs: number, of = seat): QueuedWindow {
  return { stays, seat: of, window: { stay: { stayId }, dueAtMs } as DueWindow };
}

function names(taken: readonly QueuedWindow[]): string[] {
  return taken.map(({ window }) => `${window.stay.stayId}${window.dueAtMs}`);
}

describe('ScoreQueue', () => {
  it('lets the oldest go first, and the windows of a stay in their order', () => {
    const queue = new ScoreQueue(8, 'wait');
    for (const window of [due('a', 1), due('b', 1), due('a', 2)]) queue.offer(window);
    expect(names(queue.take(2))).toEqual(['a1', 'b1']);
    expect(queue.size).toBe(1);
  });

  it('never puts windows of two releases in one batch', () => {
    const queue = new ScoreQueue(8, 'wait');
    const next = new ReleaseSeat(new UnavailableScorer('spec'));
    for (const window of [due('a', 1), due('b', 1, next), due('c', 1)]) queue.offer(window);
    const batches = [queue.take(8), queue.take(8), queue.take(8)];
    expect(batches.map(names)).toEqual([['a1'], ['b1'], ['c1']]);
  });

  it('replaces the waiting window of a stay by its newest when it is full, in the old place', () => {
    const queue = new ScoreQueue(2, 'supersede');
    expect(queue.offer(due('a', 1))).toBeUndefined();
    expect(queue.offer(due('b', 1))).toBeUndefined();
    expect(queue.offer(due('a', 2))?.window.dueAtMs).toBe(1);
    expect(queue.offer(due('c', 1))).toBeUndefined();
    expect(names(queue.take(4))).toEqual(['a2', 'b1', 'c1']);
  });

  it('keeps every window under the rule to wait', () => {
    const queue = new ScoreQueue(1, 'wait');
    for (const at of [1, 2, 3]) expect(queue.offer(due('a', at))).toBeUndefined();
    expect([queue.isFull, queue.size]).toEqual([true, 3]);
  });

  it('never holds more than its capacity and one window of each stay, and loses none without saying so', () => {
    const arrivals = fc.array(fc.record({ stay: fc.constantFrom('a', 'b', 'c', 'd'), take: fc.nat(2) }));
    fc.assert(
      fc.property(arrivals, (steps) => {
        const queue = new ScoreQueue(3, 'supersede');
        let left = 0;
        let superseded = 0;
        steps.forEach(({ stay, take }, index) => {
          if (queue.offer(due(stay, index))) superseded++;
          const taken = queue.take(take);
          left += taken.length;
          expect(queue.size).toBeLessThanOrEqual(3 + 4);
        });
        expect(left + superseded + queue.size).toBe(steps.length);
      }),
    );
  });
});
