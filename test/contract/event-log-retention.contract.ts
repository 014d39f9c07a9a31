import { expect } from '@jest/globals';
import type { LogRecord } from '#stream';
import { BatchRecorder } from './batch-recorder.js';
import { onBench, textsOf } from './event-log-bench.js';
import type { CreateEventLogHarness } from './event-log-harness.js';
import { BASE_MS, outgoing, series } from './outgoing.js';

const HOUR_MS = 3_600_000;

/** What a log still has after a while. */
export function retentionContract(create: CreateEventLogHarness): void {
  const on = onBench(create);

  on('keeps records over a restart', async (bench) => {
    const log = await bench.open();
    await log.append(bench.topic, series(['anna', 'bert'], 5));
    const before = await bench.readToEnd();
    await bench.restart();
    expect(await bench.readToEnd()).toEqual(before);
    await bench.log.append(bench.topic, [outgoing('anna', 'after')]);
    const ofAnna = (await bench.readToEnd()).filter(({ key }) => key === 'anna');
    expect(ofAnna.map(({ offset }) => offset)).toEqual([...new Set(ofAnna.map(({ offset }) => offset))]);
    expect(textsOf(ofAnna).at(-1)).toBe('after');
  });

  on('reads to the end as it stands at the first record, partition by partition', async (bench) => {
    const log = await bench.open();
    await log.append(bench.topic, series(['anna', 'bert', 'carl', 'dora'], 5));
    const seen: LogRecord[] = [];
    for await (const record of log.readToEnd(bench.topic)) {
      if (seen.length === 0) await log.append(bench.topic, series(['anna', 'bert', 'carl', 'dora'], 5, 5));
      seen.push(record);
    }
    expect(seen).toHaveLength(20);
    const { partition } = seen[0]!;
    const some = await bench.readToEnd([partition]);
    expect(new Set(some.map((record) => record.partition))).toEqual(new Set([partition]));
    expect(await bench.readToEnd([])).toEqual([]);
  });

  on('leaves out at most what is older than asked for', async (bench) => {
    const log = await bench.open({ partitions: 1 });
    await log.append(
      bench.topic,
      [0, 1, 2, 3].map((second) => outgoing('anna', `${second}`, BASE_MS + second * 1_000)),
    );
    const texts: (string | null)[] = [];
    for await (const record of log.readToEnd(bench.topic, undefined, BASE_MS + 2_000)) texts.push(...textsOf([record]));
    expect(texts.slice(-2)).toEqual(['2', '3']);
  });

  on('reads an empty topic to its end', async (bench) => {
    await bench.open();
    expect(await bench.readToEnd()).toEqual([]);
  });

  on('shows the last record of every key of a compacted topic, and its deletion', async (bench) => {
    const log = await bench.open({ cleanup: 'compact' });
    await log.append(bench.topic, series(['anna', 'bert'], 5));
    await log.append(bench.topic, [outgoing('bert', null), outgoing('carl', 'only')]);
    await bench.restart();
    const last = new Map((await bench.readToEnd()).map((record) => [record.key, record]));
    expect(textsOf([last.get('anna')!, last.get('bert')!, last.get('carl')!])).toEqual(['anna#4', null, 'only']);
    const recorder = new BatchRecorder();
    await bench.subscribe(recorder);
    await recorder.until((seen) => ['(deleted)', 'anna#4', 'only'].every((text) => seen.texts().includes(text)));
  });
}

/** What goes with age, on adapters whose clock is ours. */
export function agedContract(create: CreateEventLogHarness): void {
  const on = onBench(create);

  on('drops records older than the retention, and goes on counting', async (bench) => {
    const log = await bench.open({ partitions: 1, retentionMs: HOUR_MS });
    await log.append(bench.topic, series(['anna'], 5));
    bench.harness.advanceMs!(3 * HOUR_MS);
    await log.append(bench.topic, [outgoing('anna', 'young', BASE_MS + 3 * HOUR_MS)]);
    expect((await bench.readToEnd()).map(({ offset }) => offset)).toEqual([5n]);
    await bench.restart();
    const recorder = new BatchRecorder();
    await bench.subscribe(recorder);
    await recorder.untilRecords(1);
    expect(recorder.texts()).toEqual(['young']);
  });

  on('drops old tombstones, and nothing else, of a compacted topic', async (bench) => {
    const log = await bench.open({ partitions: 1, cleanup: 'compact' });
    await log.append(bench.topic, [outgoing('anna', 'stays'), outgoing('bert', 'goes'), outgoing('bert', null)]);
    expect(textsOf(await bench.readToEnd())).toEqual(['stays', null]);
    bench.harness.advanceMs!(25 * HOUR_MS);
    await log.append(bench.topic, [outgoing('carl', 'new', BASE_MS + 25 * HOUR_MS)]);
    await bench.restart();
    expect(textsOf(await bench.readToEnd())).toEqual(['stays', 'new']);
  });
}
