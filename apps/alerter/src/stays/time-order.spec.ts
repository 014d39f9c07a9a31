import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TOPICS } from '#wire';
import { TimeOrder, type TimedInput } from './time-order.js';

function input(topic: TimedInput['topic'], atMs: number, offset: number): TimedInput {
  return { topic, atMs, offset: BigInt(offset), stayId: 's', input: { kind: 'tick', atMs } };
}

const times = fc.array(fc.nat(30), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b));

describe('TimeOrder', () => {
  it('gives the same order however the two lists arrive, as long as each says how far it has come', () => {
    fc.assert(
      fc.property(times, times, fc.infiniteStream(fc.boolean()), (scoreTimes, bedsideTimes, turns) => {
        const order = new TimeOrder();
        const scores = scoreTimes.map((atMs, at) => input(TOPICS.riskScores, atMs, at));
        const bedside = bedsideTimes.map((atMs, at) => input(TOPICS.bedsideEvents, atMs + 0.5, at));
        const taken: TimedInput[] = [];
        let scoreTimeMs = -1;
        let bedsideTimeMs = -1;
        const drain = (scoresUntil: number, bedsideUntil: () => number): void => {
          for (
            let next = order.take(scoresUntil, bedsideUntil());
            next;
            next = order.take(scoresUntil, bedsideUntil())
          ) {
            if (next.topic === TOPICS.riskScores) scoreTimeMs = next.atMs;
            taken.push(next);
          }
        };
        const [left, right] = [[...scores], [...bedside]];
        while (left.length + right.length > 0) {
          const fromLeft = right.length === 0 || (left.length > 0 && turns.next().value === true);
          if (fromLeft) order.addScore(left.shift()!);
          else {
            bedsideTimeMs = right[0]!.atMs;
            order.addBedside(right.shift()!);
          }
          drain(bedsideTimeMs, () => scoreTimeMs);
        }
        drain(Infinity, () => Infinity);
        expect(taken).toEqual([...scores, ...bedside].sort((a, b) => a.atMs - b.atMs));
        expect(order.size).toBe(0);
      }),
    );
  });

  it('takes the score first at the same time, and knows the oldest that waits', () => {
    const order = new TimeOrder();
    order.addBedside(input(TOPICS.bedsideEvents, 5, 7));
    order.addScore(input(TOPICS.riskScores, 5, 3));
    expect([order.firstScoreOffset, order.firstBedsideOffset, order.waitingScores]).toEqual([3n, 7n, 1]);
    expect(order.take(4, 4)).toBeUndefined();
    expect(order.take(5, 4)?.topic).toBe(TOPICS.riskScores);
    expect(order.take(5, 4)).toBeUndefined();
    expect(order.take(5, 5)?.topic).toBe(TOPICS.bedsideEvents);
  });
});
