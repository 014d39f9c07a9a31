import { describe, expect, it } from '@jest/globals';
import type { Alert } from '#wire';
import { alertIdOf, madeAlert } from '../../../../../test/support/delivery/made-alert.js';
import { ManualDeliveryClock, settled } from '../../../../../test/support/delivery/manual-delivery-clock.js';
import { ScriptedSink, type ScriptedAnswer } from '../../../../../test/support/delivery/scripted-sink.js';
import { deliveryIdOf } from '../delivery-id.js';
import { DELIVERY_POLICY, type DeliveryPolicy } from '../delivery-policy.js';
import type { OutboxEntry } from './outbox-entry.js';
import { PartitionProgress } from './partition-progress.js';
import { SinkCourier } from './sink-courier.js';

const failed: ScriptedAnswer = { outcome: 'failed', detail: 'status 503' };
const delivered: ScriptedAnswer = { outcome: 'delivered' };

interface SetUp {
  readonly sink: ScriptedSink;
  readonly policy?: Partial<DeliveryPolicy>;
  readonly open?: readonly Alert[];
  readonly record?: () => Promise<void>;
}

function setUp({ sink, policy, open = [], record = () => Promise.resolve() }: SetUp) {
  const clock = new ManualDeliveryClock();
  const ends: string[] = [];
  const progress = new PartitionProgress();
  const courier = new SinkCourier({
    ...{ sink, clock, random: () => 1, onRetry: () => undefined, openAlerts: () => open },
    policy: { ...DELIVERY_POLICY, ...policy },
    hasEnded: ({ alert }) => ends.includes(`${alert.stayId} ${alert.sequence} delivered`),
    record: async ({ alert }, { end }) => {
      await record();
      ends.push(`${alert.stayId} ${alert.sequence} ${end}`);
    },
  });
  let offset = 0n;
  const add = (stayId: string, sequence: number): readonly OutboxEntry[] => {
    const alert = madeAlert({ stayId, sequence, alertId: alertIdOf(stayId) });
    return courier.add({
      ...{ alert, deliveryId: deliveryIdOf(alert), progress, partition: 0, offset: offset++, timestampMs: 0 },
      ...{ takenAtMs: clock.nowMs(), attempts: 0, failures: 0, problem: undefined, verdict: undefined },
    });
  };
  return { clock, courier, ends, progress, add };
}

describe('what waits at a sink', () => {
  it('goes out in order for a stay; a stay that is tried again does not hold the others', async () => {
    const sink = new ScriptedSink(({ stayId, sequence }, attempt) =>
      stayId === 'slow' && sequence === 1 && attempt < 3 ? failed : delivered,
    );
    const { clock, ends, add } = setUp({ sink });
    for (const sequence of [1, 2]) for (const stay of ['slow', 'quick']) add(stay, sequence);
    await settled();
    expect(ends).toEqual(['quick 1 delivered', 'quick 2 delivered']);
    await clock.advance(1_000); // the second attempt after 1 s, the third after 2 s more
    expect(sink.attempts.filter((one) => one.startsWith('slow'))).toEqual(['slow 1', 'slow 1']);
    await clock.advance(1_999);
    expect(ends).toHaveLength(2);
    await clock.advance(1);
    expect(ends.slice(2)).toEqual(['slow 1 delivered', 'slow 2 delivered']);
  });

  it('is under way for as many stays at once as may be, never twice for one', async () => {
    const answers: (() => void)[] = [];
    const sink = new ScriptedSink(() => new Promise((resolve) => answers.push(() => resolve(delivered))));
    const { add, ends, courier } = setUp({ sink, policy: { concurrency: 2 } });
    for (const stay of ['a', 'a', 'b', 'c']) add(stay, 1);
    await settled();
    expect(sink.attempts).toEqual(['a 1', 'b 1']);
    answers[1]!();
    await settled();
    expect(sink.attempts).toEqual(['a 1', 'b 1', 'c 1']);
    answers[0]!();
    answers[2]!();
    await settled();
    // the second record of one transition ends without being sent
    expect(ends).toEqual(['b 1 delivered', 'a 1 delivered', 'c 1 delivered', 'a 1 already-ended']);
    expect(courier.size).toBe(0);
  });

  it('ends when it is refused, and when as many attempts as there may be have failed', async () => {
    const refused: ScriptedAnswer = { outcome: 'refused', detail: 'status 400' };
    const sink = new ScriptedSink(({ stayId }) => (stayId === 'bad' ? refused : failed));
    const { clock, ends, add } = setUp({ sink, policy: { maxAttempts: 3 } });
    add('bad', 1);
    add('bad', 2);
    add('lost', 1);
    await clock.advance(3_000);
    expect(ends).toEqual(['bad 1 refused', 'bad 2 refused', 'lost 1 exhausted']);
    expect(sink.attempts.filter((one) => one === 'lost 1')).toHaveLength(3);
  });

  it('outlives the sink: attempts with which one that is away is tried do not use it up', async () => {
    let up = false;
    const sink = new ScriptedSink(() => (up ? delivered : failed));
    const { clock, ends, add } = setUp({ sink, policy: { maxAttempts: 6, openCircuitAfter: 5 } });
    add('a', 1);
    await clock.advance(24 * 3_600_000);
    expect(sink.attempts.length).toBeGreaterThan(250);
    expect(ends).toEqual([]);
    up = true;
    await clock.advance(300_000);
    expect(ends).toEqual(['a 1 delivered']);
  });

  it('is used up by a sink that takes other things meanwhile', async () => {
    const sink = new ScriptedSink(({ stayId }) => (stayId === 'bad' ? failed : delivered));
    const { clock, ends, add } = setUp({ sink, policy: { maxAttempts: 6, openCircuitAfter: 3 } });
    add('bad', 1);
    for (let minute = 0; minute < 60; minute++) {
      add(`good-${minute}`, 1);
      await clock.advance(60_000);
    }
    expect(ends.filter((end) => end.startsWith('bad'))).toEqual(['bad 1 exhausted']);
    expect(ends).toHaveLength(61);
  });

  it('tries a sink that throws again', async () => {
    const sink = new ScriptedSink((_alert, attempt) => {
      if (attempt === 1) throw new Error('a fault');
      return delivered;
    });
    const { clock, ends, add } = setUp({ sink });
    add('a', 1);
    await clock.advance(1_000);
    expect(ends).toEqual(['a 1 delivered']);
  });

  it('waits for as long as the receiver asks, all of it, but no longer than may be asked', async () => {
    const busy: ScriptedAnswer = { outcome: 'failed', detail: 'status 429', retryAfterMs: 30_000 };
    const sink = new ScriptedSink((_alert, attempt) => (attempt === 1 ? busy : delivered));
    const { clock, add } = setUp({ sink, policy: { longestAskedPauseMs: 20_000 } });
    add('a', 1);
    await settled();
    add('b', 1);
    await clock.advance(19_999);
    expect(sink.attempts).toEqual(['a 1']);
    await clock.advance(1);
    expect(sink.attempts).toEqual(['a 1', 'b 1', 'a 1']);
  });

  it('rests while the circuit is open, then tries one, and goes on when it is taken', async () => {
    let up = false;
    const sink = new ScriptedSink(() => (up ? delivered : failed));
    const { clock, ends, add, courier } = setUp({ sink, policy: { openCircuitAfter: 3, circuitRestMs: 10_000 } });
    for (const stay of ['a', 'b', 'c', 'd', 'e']) add(stay, 1);
    await settled();
    expect(courier.circuitState).toBe('open');
    const before = sink.attempts.length;
    await clock.advance(9_999);
    expect(sink.attempts).toHaveLength(before);
    await clock.advance(1);
    expect(sink.attempts).toHaveLength(before + 1);
    expect(courier.circuitState).toBe('open');
    up = true;
    await clock.advance(19_999);
    expect(ends).toEqual([]);
    await clock.advance(1);
    expect(ends).toHaveLength(5);
    expect(courier.circuitState).toBe('closed');
  });

  it('gives way to a newer state of its alert at a sink that holds states', async () => {
    const sink = new ScriptedSink((_alert, attempt) => (attempt === 1 ? failed : delivered));
    sink.wants = 'newest-state';
    const { clock, ends, add } = setUp({ sink });
    add('a', 1);
    await settled();
    expect(add('a', 2).map(({ alert }) => alert.sequence)).toEqual([1]);
    await clock.advance(3_000);
    expect(ends).toEqual(['a 2 delivered']);
  });

  it('is not lost when its end cannot be made durable, and not delivered again', async () => {
    let broken = true;
    const record = () => (broken ? Promise.reject(new Error('the log is away')) : Promise.resolve());
    const sink = new ScriptedSink();
    const { clock, ends, add } = setUp({ sink, record });
    add('a', 1);
    await clock.advance(5_000);
    expect(ends).toEqual([]);
    broken = false;
    await clock.advance(1_000);
    expect([ends, sink.attempts]).toEqual([['a 1 delivered'], ['a 1']]);
  });

  it('is dropped with its partition, unheard', async () => {
    const sink = new ScriptedSink(() => failed);
    const { clock, courier, ends, progress, add } = setUp({ sink });
    add('a', 1);
    add('a', 2);
    await settled();
    progress.revoke();
    courier.dropRevoked();
    await clock.advance(60_000);
    expect([courier.size, ends, sink.attempts]).toEqual([0, [], ['a 1']]);
  });
});

describe('repetitions', () => {
  it('leave out stays that have something under way, and hold what comes meanwhile', async () => {
    let answer: (() => void) | undefined;
    const sink = new ScriptedSink(({ stayId }) => (stayId === 'busy' ? failed : delivered));
    sink.repeatEveryMs = 500;
    sink.repeat = async (alerts) => {
      sink.repeats.push(alerts.map(({ stayId }) => stayId));
      await new Promise<void>((resolve) => (answer = resolve));
      return delivered;
    };
    const open = ['busy', 'calm'].map((stayId) => madeAlert({ stayId, alertId: alertIdOf(stayId) }));
    const { clock, courier, add, ends } = setUp({ sink, open });
    courier.start();
    add('busy', 2);
    await clock.advance(500);
    expect(sink.repeats).toEqual([['calm']]);
    add('calm', 3);
    add('other', 1);
    await settled();
    expect(ends).toEqual(['other 1 delivered']);
    answer!();
    await settled();
    expect(ends).toEqual(['other 1 delivered', 'calm 3 delivered']);
    await clock.advance(500);
    expect(sink.repeats).toHaveLength(2);
  });
});

describe('a receiver that asks to be left alone', () => {
  it('hears no repetitions meanwhile', async () => {
    const busy: ScriptedAnswer = { outcome: 'failed', detail: 'status 429', retryAfterMs: 1_200 };
    const sink = new ScriptedSink((_alert, attempt) => (attempt === 1 ? busy : delivered));
    sink.repeatEveryMs = 500;
    const { clock, courier, add } = setUp({ sink, open: [madeAlert({ stayId: 'calm', alertId: alertIdOf('calm') })] });
    courier.start();
    add('a', 1);
    await clock.advance(1_199);
    expect(sink.repeats).toEqual([]);
    await clock.advance(301);
    expect(sink.repeats).toEqual([['calm 2']]);
  });
});

describe('closing', () => {
  it('waits for what is under way, for a bounded time', async () => {
    const sink = new ScriptedSink(() => new Promise(() => undefined));
    const { clock, courier, add } = setUp({ sink });
    add('a', 1);
    let closed = false;
    void courier.close(5_000).then(() => (closed = true));
    await clock.advance(4_999);
    expect(closed).toBe(false);
    await clock.advance(1);
    expect(closed).toBe(true);
  });
});
