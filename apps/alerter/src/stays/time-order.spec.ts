import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TOPICS } from '#wire';
import { TimeOrder, type OrderLimits, type TimedInput } from './time-order.js';

function input(topic: TimedInput['topic'], atMs: number, offset: number): TimedInput {
  return { topic, atMs, offset: BigInt(offset), stayId: 's', input: { kind: 'tick', atMs } };
}

const times = fc.array(fc.nat(30), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b));
const allUntil = (atMs: number): OrderLimits => ({ scoresUntilMs: atMs, bedsideUntilMs: atMs, commandsUntilMs: atMs });

/** Hands the three lists over in the turns drawn, and takes what may be taken after each. */
function merged(
  lists: Readonly<Record<'scores' | 'bedside' | 'commands', TimedInput[]>>,
  turns: Iterator<number>,
): TimedInput[] {
  const order = new TimeOrder();
  const taken: TimedInput[] = [];
  const [scores, bedside, commands] = [[...lists.scores], [...lists.bedside], [...lists.commands]];
  let scoreTimeMs = -1;
  let bedsideTimeMs = -1;
  const drain = (limits: () => OrderLimits): void => {
    for (let next = order.take(limits()); next; next = order.take(limits())) {
      if (next.topic === TOPICS.riskScores) scoreTimeMs = next.atMs;
      taken.push(next);
    }
  };
  while (scores.length + bedside.length + commands.length > 0) {
    // commands may be read early, after a start, but not later than a score that was put on the log after them
    const isScoreNext = scores.length > 0 && !(commands[0] && commands[0].atMs < scores[0]!.atMs);
    const steps = [
      ...(isScoreNext ? [() => order.addScore(scores.shift()!)] : []),
      ...(bedside.length > 0 ? [() => order.addBedside(bedside.shift()!)] : []),
      ...(commands.length > 0 ? [() => order.addCommand(commands.shift()!)] : []),
    ];
    const before = bedside[0];
    steps[(turns.next().value as number) % steps.length]!();
    if (before && before !== bedside[0]) bedsideTimeMs = before.atMs;
    const commandsUntilMs = scores.length + order.waitingScores === 0 ? Infinity : scoreTimeMs - 1;
    drain(() => ({ scoresUntilMs: bedsideTimeMs, bedsideUntilMs: scoreTimeMs, commandsUntilMs }));
  }
  drain(() => allUntil(Infinity));
  expect(order.size).toBe(0);
  return taken;
}

describe('TimeOrder', () => {
  it('gives scores and bedside events in the order of their times, however the two lists arrive', () => {
    fc.assert(
      fc.property(times, times, fc.infiniteStream(fc.nat(5)), (scoreTimes, bedsideTimes, turns) => {
        const scores = scoreTimes.map((atMs, at) => input(TOPICS.riskScores, atMs, at));
        const bedside = bedsideTimes.map((atMs, at) => input(TOPICS.bedsideEvents, atMs + 0.5, at));
        const taken = merged({ scores, bedside, commands: [] }, turns);
        expect(taken).toEqual([...scores, ...bedside].sort((a, b) => a.atMs - b.atMs));
      }),
    );
  });

  it('takes a command after the scores before it and before those after it', () => {
    fc.assert(
      fc.property(times, times, fc.infiniteStream(fc.nat(5)), (scoreTimes, commandTimes, turns) => {
        const scores = scoreTimes.map((atMs, at) => input(TOPICS.riskScores, atMs, at));
        const bedside = scoreTimes.map((atMs, at) => input(TOPICS.bedsideEvents, atMs, at));
        const commands = commandTimes.map((atMs, at) => input(TOPICS.alertCommands, atMs + 0.5, at));
        const taken = merged({ scores, bedside, commands }, turns).filter(
          ({ topic }) => topic !== TOPICS.bedsideEvents,
        );
        expect(taken).toEqual([...scores, ...commands].sort((a, b) => a.atMs - b.atMs));
      }),
    );
  });

  it('takes the score first at the same time, and knows the oldest that waits', () => {
    const order = new TimeOrder();
    order.addCommand(input(TOPICS.alertCommands, 5, 9));
    order.addBedside(input(TOPICS.bedsideEvents, 5, 7));
    order.addScore(input(TOPICS.riskScores, 5, 3));
    expect([order.firstScoreOffset, order.firstBedsideOffset, order.firstCommandOffset]).toEqual([3n, 7n, 9n]);
    expect(order.take(allUntil(4))).toBeUndefined();
    const topics = [1, 2, 3].map(() => order.take(allUntil(5))?.topic);
    expect(topics).toEqual([TOPICS.riskScores, TOPICS.bedsideEvents, TOPICS.alertCommands]);
    expect(order.take(allUntil(5))).toBeUndefined();
  });
});
