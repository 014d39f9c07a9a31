import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../../test/support/collect-all.js';
import { MemoryBroker, MemoryEventLog, type RecordBatch, type TopicPartition } from '#stream';
import { IsolatedLog } from './isolated-log.js';

const YEAR_MS = 365 * 86_400_000;
const TOPIC = { name: 'bedside-events', partitions: 2, cleanup: 'delete', retentionMs: 1_000 } as const;

function record(key: string, timestampMs = 0) {
  return { key, timestampMs, value: Buffer.from(key), headers: {} };
}

describe('IsolatedLog', () => {
  it('is seen by nobody on the log beneath, and keeps what is old', async () => {
    const broker = new MemoryBroker(() => 20 * YEAR_MS);
    const beneath = new MemoryEventLog(broker);
    await beneath.ensureTopics([TOPIC]);
    const log = new IsolatedLog(new MemoryEventLog(broker), 'pass-1.');
    await log.ensureTopics([TOPIC]);
    await log.append(TOPIC.name, [record('a'), record('b')]);
    const read = await collectAll(log.readToEnd(TOPIC.name));
    expect(read.map(({ key, topic }) => `${topic} ${key}`).sort()).toEqual(['bedside-events a', 'bedside-events b']);
    expect(await collectAll(beneath.readToEnd(TOPIC.name))).toEqual([]);
    expect(await collectAll(beneath.readToEnd(`pass-1.${TOPIC.name}`))).toHaveLength(2);
    expect(await log.partitionCount(TOPIC.name)).toBe(2);
  });

  it('hands out batches, assignments and commits under the names that were asked for', async () => {
    const broker = new MemoryBroker(() => 0);
    const log = new IsolatedLog(new MemoryEventLog(broker), 'pass-1.');
    await log.ensureTopics([TOPIC]);
    await log.append(TOPIC.name, [record('a'), record('b'), record('c')]);
    const assigned: TopicPartition[] = [];
    const batches: RecordBatch[] = [];
    let whenAll: () => void;
    const all = new Promise<void>((resolve) => (whenAll = resolve));
    const subscription = await log.subscribe({
      ...{ group: 'g', topics: [TOPIC.name], onFailure: () => undefined },
      handler: {
        onAssigned: async (partitions) => void assigned.push(...partitions),
        onBatch: async (batch) => {
          batches.push(batch);
          if (batches.reduce((sum, { records }) => sum + records.length, 0) === 3) whenAll();
        },
      },
    });
    await all;
    const places = [0, 1].map((partition) => ({ topic: TOPIC.name, partition }));
    expect(assigned).toEqual(places);
    expect(subscription.assigned()).toEqual(places);
    expect(new Set(batches.flatMap(({ topic, records }) => [topic, ...records.map((one) => one.topic)]))).toEqual(
      new Set([TOPIC.name]),
    );
    await subscription.commit(
      batches.map(({ topic, partition, records }) => ({ topic, partition, nextOffset: records.at(-1)!.offset + 1n })),
    );
    subscription.pause(places);
    subscription.resume(places);
    await subscription.close();
    await log.close();
  });
});
