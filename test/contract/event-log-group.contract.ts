import { expect } from '@jest/globals';
import { BatchRecorder } from './batch-recorder.js';
import { after, onBench } from './event-log-bench.js';
import type { CreateEventLogHarness } from './event-log-harness.js';
import { outgoing, series } from './outgoing.js';

const KEYS = Array.from({ length: 16 }, (_, index) => `stay-${index}`);

/** Several groups, and several members of one. */
export function groupContract(create: CreateEventLogHarness): void {
  const on = onBench(create);

  on('hands every group everything, and keeps their commits apart', async (bench) => {
    const log = await bench.open({ partitions: 1 });
    await log.append(bench.topic, series(['anna'], 4));
    const [one, two] = [new BatchRecorder(), new BatchRecorder()];
    const subscription = await bench.subscribe(one);
    await bench.subscribe(two, { group: `${bench.group}-two` });
    await Promise.all([one.untilRecords(4), two.untilRecords(4)]);
    await subscription.commit([after(one.records())]);
    await bench.restart();
    await bench.log.append(bench.topic, [outgoing('anna', 'next')]);
    const [oneAgain, twoAgain] = [new BatchRecorder(), new BatchRecorder()];
    await bench.subscribe(oneAgain);
    await bench.subscribe(twoAgain, { group: `${bench.group}-two` });
    await Promise.all([oneAgain.untilRecords(1), twoAgain.untilRecords(5)]);
    expect(oneAgain.texts()).toEqual(['next']);
    expect(twoAgain.texts()).toEqual(['anna#0', 'anna#1', 'anna#2', 'anna#3', 'next']);
  });

  on('shares the partitions between two members, and gives them to the one that stays', async (bench) => {
    const log = await bench.open();
    const [one, two] = [new BatchRecorder(), new BatchRecorder()];
    const first = await bench.subscribe(one);
    const epochAlone = first.assignmentEpoch();
    const second = await bench.subscribe(two);
    await one.until(() => first.assigned().length === 2);
    await two.until(() => second.assigned().length === 2);
    expect(first.assignmentEpoch()).toBeGreaterThan(epochAlone);
    expect(one.revocations.length).toBeGreaterThan(0);
    const held = [...first.assigned(), ...second.assigned()].map(({ partition }) => partition);
    expect(held.sort()).toEqual([0, 1, 2, 3]);
    await log.append(bench.topic, series(KEYS, 1));
    await untilTogether([one, two], KEYS.length);
    const positions = two.batches.map(({ records }) => after(records));
    await second.commit(positions);
    await second.close();
    await one.until(() => first.assigned().length === 4);
    await log.append(bench.topic, series(KEYS, 1, 1));
    await one.until((seen) => KEYS.every((key) => seen.texts().includes(`${key}#1`)));
  });

  on('refuses the commit of a partition that is held no more', async (bench) => {
    const log = await bench.open({ partitions: 1 });
    await log.append(bench.topic, series(['anna'], 2));
    const recorder = new BatchRecorder();
    const subscription = await bench.subscribe(recorder);
    await recorder.untilRecords(2);
    await subscription.close();
    await expect(subscription.commit([after(recorder.records())])).rejects.toMatchObject({ code: 'not-assigned' });
    const next = new BatchRecorder();
    const successor = await bench.subscribe(next);
    await next.untilRecords(2);
    const foreign = { topic: bench.topic, partition: 7, nextOffset: 1n };
    await expect(successor.commit([foreign])).rejects.toMatchObject({ code: 'not-assigned' });
  });

  failureContract(create);
}

/** Resolves when some recorders together have handled so many records. */
async function untilTogether(recorders: readonly BatchRecorder[], count: number): Promise<void> {
  const enough = () => recorders.reduce((sum, recorder) => sum + recorder.records().length, 0) >= count;
  await Promise.race(recorders.map((recorder) => recorder.until(enough)));
}

function failureContract(create: CreateEventLogHarness): void {
  const on = onBench(create);

  on('ends a subscription whose handler rejects, and commits nothing', async (bench) => {
    const log = await bench.open({ partitions: 1 });
    await log.append(bench.topic, series(['anna'], 2));
    const failing = new BatchRecorder();
    failing.before = async () => {
      throw new Error('the window is on fire');
    };
    const failures: Error[] = [];
    await new Promise<void>((resolve) => {
      const onFailure = (error: Error) => (failures.push(error), resolve());
      void bench.subscribe(failing, { onFailure });
    });
    expect(failures.map(({ message }) => message)).toEqual(['the window is on fire']);
    const recorder = new BatchRecorder();
    await bench.subscribe(recorder);
    await recorder.untilRecords(2);
    expect(recorder.texts()).toEqual(['anna#0', 'anna#1']);
    expect(failures).toHaveLength(1);
  });

  on('ends a subscription that could not prepare for its partitions', async (bench) => {
    const log = await bench.open({ partitions: 2 });
    await log.append(bench.topic, series(['anna', 'bert'], 2));
    const failing = new BatchRecorder();
    failing.onAssigned = async () => {
      throw new Error('no snapshots');
    };
    const failure = new Promise<Error>((resolve) => void bench.subscribe(failing, { onFailure: resolve }));
    expect((await failure).message).toBe('no snapshots');
    expect(failing.batches).toEqual([]);
  });
}
