import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Consumer, Kafka } from 'kafkajs';
import { SupervisedConsumer, type SupervisedConsumerOptions } from './supervised-consumer.js';

/** A consumer that joins, or cannot, and crashes when told. */
class ConsumerDouble extends EventEmitter {
  readonly events = { CRASH: 'crash', GROUP_JOIN: 'join', REBALANCING: 'rebalancing' };
  disconnected = false;

  constructor(private readonly joins: boolean) {
    super();
  }

  async connect() {}
  async subscribe() {}
  async run() {
    if (!this.joins) throw new Error('no coordinator');
    this.emit('join', { payload: { memberAssignment: { events: [0, 1] } } });
  }
  async disconnect() {
    this.disconnected = true;
  }
  paused() {
    return [];
  }
  resume() {}
}

/** A supervised consumer on doubles, with what it told and how long it waited. */
function supervise(joins: readonly boolean[]) {
  const made: ConsumerDouble[] = [];
  const told: string[] = [];
  const waits: number[] = [];
  let tell: () => void = () => undefined;
  const hear = (what: string) => (told.push(what), tell());
  const options: SupervisedConsumerOptions = {
    kafka: {
      consumer: () => {
        const double = new ConsumerDouble(joins[made.length] ?? joins.at(-1)!);
        made.push(double);
        return double as unknown as Consumer;
      },
    } satisfies Pick<Kafka, 'consumer'>,
    wait: async (ms) => void waits.push(ms),
    group: 'group',
    topics: ['events'],
    fromBeginning: true,
    onJoined: (partitions) => hear(`joined ${partitions.length}`),
    onLost: () => hear('lost'),
    onBatch: async () => undefined,
    onRestart: ({ message }) => hear(`restart: ${message}`),
    onGivenUp: ({ message }) => hear(`given up: ${message}`),
  };
  const consumer = new SupervisedConsumer(options);
  const until = async (what: string, count = 1) => {
    while (told.filter((text) => text === what).length < count) await new Promise<void>((resolve) => (tell = resolve));
  };
  return { consumer, made, told, waits, until };
}

describe('a supervised consumer', () => {
  it('is made anew after a crash that kafkajs itself would not survive', async () => {
    const { consumer, made, told, until } = supervise([true]);
    await until('joined 2');
    made[0]!.emit('crash', { payload: { error: new Error('no group coordinator'), restart: false } });
    await until('joined 2', 2);
    expect(told).toEqual(['joined 2', 'lost', 'restart: no group coordinator', 'joined 2']);
    expect(made.map(({ disconnected }) => disconnected)).toEqual([true, false]);
    await consumer.stop();
    expect(made.map(({ disconnected }) => disconnected)).toEqual([true, true]);
    expect(told.at(-1)).toBe('lost');
  });

  it('waits longer after every start that fails, and starts over counting once it has joined', async () => {
    const { consumer, made, waits, until } = supervise([false, false, false, true, false, true]);
    await until('joined 2');
    made[3]!.emit('crash', { payload: { error: new Error('again'), restart: false } });
    await until('joined 2', 2);
    expect(waits).toEqual([250, 500, 1_000, 250, 500]);
    await consumer.stop();
  });

  it('gives up after twenty starts that failed', async () => {
    const { made, told, until } = supervise([false]);
    await until('given up: no coordinator');
    expect(made).toHaveLength(20);
    expect(told.filter((text) => text.startsWith('restart'))).toHaveLength(19);
  });
});
