import { expect, it } from '@jest/globals';
import { partitionOfKey, type EventLog } from '#stream';
import { onBench, textsOf } from './event-log-bench.js';
import type { CreateEventLogHarness } from './event-log-harness.js';
import { BASE_MS, outgoing, series } from './outgoing.js';

/** Topics, records and their order. */
export function appendContract(create: CreateEventLogHarness): void {
  const on = onBench(create);

  on('puts a key in the partition of its hash and keeps its order', async (bench) => {
    const log = await bench.open();
    await log.append(bench.topic, series(['anna', 'bert', 'carl'], 20));
    const records = await bench.readToEnd();
    expect(records).toHaveLength(60);
    for (const key of ['anna', 'bert', 'carl']) {
      const ofKey = records.filter((record) => record.key === key);
      expect(textsOf(ofKey)).toEqual(Array.from({ length: 20 }, (_, index) => `${key}#${index}`));
      expect(new Set(ofKey.map(({ partition }) => partition))).toEqual(new Set([partitionOfKey(key, 4)]));
    }
  });

  on('keeps the order of appends that overlap', async (bench) => {
    const log = await bench.open();
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => log.append(bench.topic, [outgoing('anna', `${index}`)])),
    );
    expect(textsOf(await bench.readToEnd())).toEqual(Array.from({ length: 30 }, (_, index) => `${index}`));
  });

  on('keeps the timestamp, headers and value of the writer', async (bench) => {
    const log = await bench.open();
    const value = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const headers = { ce_type: 'vigil.observation.v1', 'ce-späte': 'Zürich' };
    await log.append(bench.topic, [{ key: 'stay-ä', value, headers, timestampMs: BASE_MS - 3_600_123 }]);
    const [record] = await bench.readToEnd();
    expect(record).toMatchObject({
      key: 'stay-ä',
      headers,
      timestampMs: BASE_MS - 3_600_123,
      topic: bench.topic,
      offset: 0n,
    });
    expect(Uint8Array.from(record!.value!)).toEqual(value);
  });

  on('keeps an empty value apart from none', async (bench) => {
    const log = await bench.open({ cleanup: 'compact' });
    await log.append(bench.topic, [outgoing('empty', '')]);
    await log.append(bench.topic, [outgoing('none', null)]);
    const records = await bench.readToEnd();
    expect(new Map(records.map(({ key, value }) => [key, value?.byteLength]))).toEqual(
      new Map([
        ['empty', 0],
        ['none', undefined],
      ]),
    );
  });

  on('takes values of a megabyte', async (bench) => {
    const log = await bench.open();
    const value = Buffer.alloc(1_048_576, 'x');
    await log.append(
      bench.topic,
      [1, 2, 3].map((at) => ({ key: 'anna', value, headers: {}, timestampMs: BASE_MS + at })),
    );
    const records = await bench.readToEnd();
    expect(records.map((record) => Buffer.compare(record.value!, value))).toEqual([0, 0, 0]);
  });

  on('leaves a topic that exists and refuses another shape of it', async (bench) => {
    const log = await bench.open();
    const asked = { name: bench.topic, partitions: 4, cleanup: 'delete', retentionMs: 604_800_000 } as const;
    await log.append(bench.topic, [outgoing('anna', 'still here')]);
    await log.ensureTopics([asked]);
    expect(await log.partitionCount(bench.topic)).toBe(4);
    expect(textsOf(await bench.readToEnd())).toEqual(['still here']);
    await expect(log.ensureTopics([{ ...asked, partitions: 5 }])).rejects.toMatchObject({ code: 'topic-mismatch' });
    await expect(log.ensureTopics([{ ...asked, cleanup: 'compact' }])).rejects.toMatchObject({
      code: 'topic-mismatch',
    });
  });

  refusals(create);
}

function refusals(create: CreateEventLogHarness): void {
  it('refuses what can never succeed, and says so', async () => {
    const harness = await create();
    const log: EventLog = await harness.open();
    const topic = { name: 'a b', partitions: 1, cleanup: 'compact' } as const;
    try {
      await expect(log.ensureTopics([topic])).rejects.toMatchObject({ code: 'invalid' });
      await expect(log.partitionCount('no-such-topic')).rejects.toMatchObject({ code: 'topic-unknown' });
      await expect(log.append('no-such-topic', [outgoing('a', 'b')])).rejects.toMatchObject({ code: 'topic-unknown' });
      await log.ensureTopics([{ ...topic, name: 'refusals' }]);
      const tooLong = outgoing('k'.repeat(1_025), 'b');
      await expect(log.append('refusals', [tooLong])).rejects.toMatchObject({ code: 'invalid' });
      await expect(log.append('refusals', [outgoing('a', 'b', Number.NaN)])).rejects.toMatchObject({ code: 'invalid' });
    } finally {
      await log.close();
      await harness.destroy();
    }
  });
}
