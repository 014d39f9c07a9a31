import { expect } from '@jest/globals';
import { partitionOfKey, type Subscription } from '#stream';
import { BatchRecorder } from './batch-recorder.js';
import { after, onBench, textsOf } from './event-log-bench.js';
import type { CreateEventLogHarness } from './event-log-harness.js';
import { outgoing, series } from './outgoing.js';

/** What a member of a group is handed, and when. */
export function deliveryContract(create: CreateEventLogHarness): void {
  const on = onBench(create);

  on('delivers what is there and what comes, each key in order', async (bench) => {
    const log = await bench.open();
    await log.append(bench.topic, series(['anna', 'bert', 'carl'], 10));
    const recorder = new BatchRecorder();
    await bench.subscribe(recorder);
    await recorder.untilRecords(30);
    await log.append(bench.topic, series(['anna', 'bert', 'carl'], 10, 10));
    await recorder.untilRecords(60);
    for (const key of ['anna', 'bert', 'carl']) {
      const texts = textsOf(recorder.records().filter((record) => record.key === key));
      expect(texts).toEqual(Array.from({ length: 20 }, (_, index) => `${key}#${index}`));
    }
  });

  on('announces the partitions before their first batch', async (bench) => {
    const log = await bench.open();
    await log.append(bench.topic, series(['anna', 'bert', 'carl'], 1));
    const recorder = new BatchRecorder();
    const heldAtBatch: number[] = [];
    recorder.before = async () => void heldAtBatch.push(recorder.assignments.flat().length);
    const subscription = await bench.subscribe(recorder);
    await recorder.untilRecords(3);
    expect(
      subscription
        .assigned()
        .map(({ partition }) => partition)
        .sort(),
    ).toEqual([0, 1, 2, 3]);
    expect(new Set(heldAtBatch)).toEqual(new Set([4]));
    expect(subscription.assignmentEpoch()).toBeGreaterThan(0);
  });

  on('gives the caller the subscription before its first batch', async (bench) => {
    const log = await bench.open({ partitions: 1 });
    await log.append(bench.topic, series(['anna'], 3));
    const recorder = new BatchRecorder();
    const held: { subscription?: Subscription } = {};
    const known: boolean[] = [];
    recorder.before = async () => void known.push(held.subscription !== undefined);
    held.subscription = await bench.subscribe(recorder, { maxBatchRecords: 1 });
    await recorder.untilRecords(3);
    expect(known).toEqual([true, true, true]);
  });

  on('keeps batches to the size asked for', async (bench) => {
    const log = await bench.open({ partitions: 1 });
    await log.append(bench.topic, series(['anna'], 25));
    const recorder = new BatchRecorder();
    await bench.subscribe(recorder, { maxBatchRecords: 10 });
    await recorder.untilRecords(25);
    expect(Math.max(...recorder.batches.map(({ records }) => records.length))).toBe(10);
    expect(recorder.texts()).toEqual(Array.from({ length: 25 }, (_, index) => `anna#${index}`));
  });

  on('never hands over two batches of a partition at once', async (bench) => {
    const log = await bench.open({ partitions: 1 });
    await log.append(bench.topic, series(['anna'], 40));
    const recorder = new BatchRecorder();
    let inHand = 0;
    let most = 0;
    recorder.before = async () => {
      most = Math.max(most, (inHand += 1));
      await new Promise((resolve) => setImmediate(resolve));
      inHand -= 1;
    };
    await bench.subscribe(recorder, { maxBatchRecords: 5 });
    await recorder.untilRecords(40);
    expect(most).toBe(1);
  });

  startContract(create);
  pauseContract(create);
}

function startContract(create: CreateEventLogHarness): void {
  const on = onBench(create);

  on('goes on after the commit, and hands over again what was not committed', async (bench) => {
    const log = await bench.open({ partitions: 1 });
    await log.append(bench.topic, series(['anna'], 10));
    const before = new BatchRecorder();
    const subscription = await bench.subscribe(before);
    await before.untilRecords(10);
    await subscription.commit([after(before.records().slice(0, 4))]);
    await bench.restart();
    const recorder = new BatchRecorder();
    await bench.subscribe(recorder);
    await recorder.untilRecords(6);
    expect(recorder.texts()).toEqual([4, 5, 6, 7, 8, 9].map((index) => `anna#${index}`));
  });

  on('hands over everything again when nothing was committed', async (bench) => {
    const log = await bench.open({ partitions: 1 });
    await log.append(bench.topic, series(['anna'], 3));
    const before = new BatchRecorder();
    await bench.subscribe(before);
    await before.untilRecords(3);
    await bench.restart();
    const recorder = new BatchRecorder();
    await bench.subscribe(recorder);
    await recorder.untilRecords(3);
    expect(recorder.texts()).toEqual(['anna#0', 'anna#1', 'anna#2']);
  });

  on('starts at the end where that is asked for', async (bench) => {
    const log = await bench.open({ partitions: 1 });
    await log.append(bench.topic, [outgoing('anna', 'old')]);
    const recorder = new BatchRecorder();
    await bench.subscribe(recorder, { from: 'latest' });
    await recorder.until(({ assignments }) => assignments.length > 0);
    await log.append(bench.topic, [outgoing('anna', 'new')]);
    await recorder.untilRecords(1);
    expect(recorder.texts()).toEqual(['new']);
  });
}

function pauseContract(create: CreateEventLogHarness): void {
  const on = onBench(create);

  on('delivers nothing of a paused partition, and all of it once resumed', async (bench) => {
    const log = await bench.open({ partitions: 2 });
    const [paused, other] = ['anna', 'bert', 'carl', 'dora'].reduce<string[][]>(
      (keys, key) => (keys[partitionOfKey(key, 2)]!.push(key), keys),
      [[], []],
    );
    const recorder = new BatchRecorder();
    const subscription: Subscription = await bench.subscribe(recorder);
    await recorder.until(({ assignments }) => assignments.flat().length === 2);
    subscription.pause([{ topic: bench.topic, partition: 0 }]);
    await log.append(bench.topic, series([...paused!, ...other!], 5));
    await recorder.untilRecords(other!.length * 5);
    await log.append(bench.topic, [outgoing(other![0]!, 'one more')]);
    await recorder.until((seen) => seen.texts().includes('one more'));
    expect(recorder.records().filter(({ partition }) => partition === 0)).toEqual([]);
    subscription.resume([{ topic: bench.topic, partition: 0 }]);
    await recorder.untilRecords((paused!.length + other!.length) * 5 + 1);
    expect(recorder.records().filter(({ partition }) => partition === 0)).toHaveLength(paused!.length * 5);
  });
}
