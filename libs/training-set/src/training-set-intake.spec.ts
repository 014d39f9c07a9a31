import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { topicLayout, TOPICS, type CompletedStay, type RemovalReason } from '#wire';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { completedStay, outcomeRecord } from '../../../test/support/training-set/completed-stays.js';
import { startTrainingSetIntake, type TrainingSetIntake } from './training-set-intake.js';
import { TrainingSet } from './training-set.js';

type Outcome = CompletedStay | { stayId: string; removed: RemovalReason };
const never = (): (() => void) => () => undefined;

describe('the intake of a training set', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let broker: MemoryBroker;
  let writer: MemoryEventLog;
  const intakes: TrainingSetIntake[] = [];

  beforeEach(async () => {
    folder = await temporaryFolder();
    broker = new MemoryBroker(() => 0);
    writer = new MemoryEventLog(broker);
    await writer.ensureTopics([topicLayout(TOPICS.stayOutcomes, 2)]);
  });
  afterEach(async () => {
    for (const intake of intakes.splice(0)) await intake.stop();
    await writer.close();
    await folder[Symbol.asyncDispose]();
  });

  /** As much as the specs wait for; a log that gives less is a failure, not an endless wait. */
  const MOST_TURNS = 2_000;
  const append = (...outcomes: Outcome[]) =>
    writer.append(
      TOPICS.stayOutcomes,
      outcomes.map((outcome) => outcomeRecord(outcome)),
    );
  const open = () => TrainingSet.open({ folder: folder.path });

  async function start(set: TrainingSet, log = writer) {
    const intake = await startTrainingSetIntake({
      ...{ log, set, partitions: 2, every: never },
      onFailure: (error) => {
        throw error;
      },
    });
    intakes.push(intake);
    return intake;
  }

  async function settled(intake: TrainingSetIntake, records: number): Promise<void> {
    const taken = () => Object.values(intake.tally()).reduce((sum, count) => sum + count, 0);
    for (let turns = 0; taken() < records; turns++) {
      if (turns > MOST_TURNS) throw new Error(`took ${taken()} records, expected ${records}`);
      await turn();
      await intake.flush();
    }
  }

  it('takes in what was on the log before it started and what comes after, once', async () => {
    await append(completedStay('a'), completedStay('b'));
    const set = await open();
    const intake = await start(set);
    expect([...set.stayIds()].sort()).toEqual(['a', 'b']);
    await settled(intake, 4);
    await append(
      completedStay('c'),
      { stayId: 'a', removed: 'discharge-cancelled' },
      { stayId: 'b', removed: 'withdrawn' },
    );
    await settled(intake, 7);
    expect([...set.stayIds()]).toEqual(['c']);
    expect(set.isWithdrawn('b')).toBe(true);
    expect(intake.tally()).toMatchObject({ stored: 3, duplicate: 2, removed: 1, withdrawn: 1 });
  });

  it('goes on after the last commit, and reads again what was not committed', async () => {
    const log = new MemoryEventLog(broker);
    const intake = await start(await open(), log);
    await append(completedStay('a'));
    await settled(intake, 1);
    await append(completedStay('b'));
    await log.close();
    intakes.length = 0;
    const set = await open();
    const again = await start(set);
    expect([...set.stayIds()].sort()).toEqual(['a', 'b']);
    await settled(again, 3);
    expect(again.tally()).toMatchObject({ stored: 1, duplicate: 2 });
  });

  it('drops stays whose tombstones it did not see, but nothing when the log is another one', async () => {
    await append(completedStay('a'), completedStay('b'));
    const set = await open();
    await (await start(set)).stop();
    intakes.length = 0;
    const without = new MemoryEventLog(new MemoryBroker(() => 0));
    await without.ensureTopics([topicLayout(TOPICS.stayOutcomes, 2)]);
    await expect(start(set, without)).rejects.toThrow('holds none of the 2 stays of the training set');
    await without.append(TOPICS.stayOutcomes, [outcomeRecord(completedStay('b'))]);
    await start(set, without);
    expect([...set.stayIds()]).toEqual(['b']);
    await without.close();
    intakes.length = 0;
  });

  it('counts what it cannot read and goes on', async () => {
    const bad = { ...outcomeRecord(completedStay('a')), value: Buffer.from('{') };
    const foreign = { ...outcomeRecord(completedStay('b')), headers: {} };
    await writer.append(TOPICS.stayOutcomes, [bad, foreign]);
    await append(completedStay('c'));
    const set = await open();
    const intake = await start(set);
    expect(intake.tally()).toMatchObject({ malformed: 1, 'type-unknown': 1, stored: 1 });
    expect([...set.stayIds()]).toEqual(['c']);
  });
});
