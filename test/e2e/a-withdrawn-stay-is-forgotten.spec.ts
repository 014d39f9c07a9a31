import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { DAY_MS, HOUR_MS, signalDefinition } from '#clinical';
import { readDataset } from '#datasets';
import { shippedReleaseDirectory, SHIPPED_RELEASE_ID } from '#model';
import { createScorer } from '#scorer';
import { openStorage, ServiceLogger } from '#service';
import type { OutgoingRecord } from '#stream';
import { createTrainer, LoneRelease, type RunningTrainer, type TrainerOptions } from '#trainer';
import { encodeEvent, OBSERVATION, STAY_ADMITTED, STAY_ENDED, TOPICS } from '#wire';
import { ComputedScorer } from '../support/scorer/computed-scorer.js';
import { until } from '../support/scorer/scorer-trial.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Recent, for the log and the history drop what is old. */
const ADMITTED_AT_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 3 * DAY_MS;
const PARTITIONS = 2;
const logger = new ServiceLogger({ service: 'e2e', level: 'silent' });
const onFailure = (error: Error): void => {
  throw error;
};

/** A stay of six hours with a heart rate an hour, from admission to discharge. */
function stayed(stayId: string): OutgoingRecord[] {
  const sent = (type: string, hour: number, data: object): OutgoingRecord => {
    const timeMs = ADMITTED_AT_MS + hour * HOUR_MS;
    return encodeEvent(
      { type, source: '/e2e', id: `${stayId}/${type}/${hour}`, key: stayId, timeMs },
      { stayId, ...data },
    );
  };
  const place = { site: 's', ward: 'w', bed: 'b', admittedAtMs: ADMITTED_AT_MS, static: { ageYears: 61 } };
  const { unit } = signalDefinition('heart-rate');
  const measured = Array.from({ length: 6 }, (_, hour) => {
    const atMs = ADMITTED_AT_MS + hour * HOUR_MS;
    const value = { signal: 'heart-rate', value: 60 + hour, unit, source: 'monitor' };
    return sent(OBSERVATION, hour, { ...value, effectiveAtMs: atMs, availableAtMs: atMs });
  });
  const ended = { endedAtMs: ADMITTED_AT_MS + 6 * HOUR_MS, outcome: 'survived' };
  return [sent(STAY_ADMITTED, 0, place), ...measured, sent(STAY_ENDED, 6, ended)];
}

/** Stays that the trainer knows of, by what it counts. */
async function known(trainer: RunningTrainer): Promise<number> {
  const metrics = await (await fetch(`${trainer.url}/metrics`)).text();
  return Number(/vigil_trainer_outcomes\{outcome="survived",app="trainer"\} (\d+)/.exec(metrics)![1]);
}

async function knows(trainer: RunningTrainer, stays: number): Promise<void> {
  for (const deadline = Date.now() + 20_000; (await known(trainer)) !== stays; await turn()) {
    if (Date.now() > deadline) throw new Error(`the trainer knows ${await known(trainer)} stays, expected ${stays}`);
    await trainer.flush();
  }
}

describe('a stay whose consent is withdrawn', () => {
  it('is gone from the training set and from what the next training reads', async () => {
    await using folder = await temporaryFolder();
    const storage = await openStorage({ VIGIL_STATE: join(folder.path, 'state') });
    const { log, history } = storage;
    const shared = { log, logger, onFailure, partitions: PARTITIONS };
    const scorer = await createScorer({
      ...{ ...shared, history, scorer: new ComputedScorer() },
      scoring: { overload: 'wait', scoreEveryMs: HOUR_MS },
    });
    const read: string[][] = [];
    /** Stands for the process that plans: reads the frozen stays, and ends the training there. */
    const runChild: NonNullable<TrainerOptions['runChild']> = async ({ words }) => {
      const path = words[words.indexOf('--dataset') + 1]!.slice('local='.length);
      const stays: string[] = [];
      for await (const { stay } of readDataset({ id: 'local', path })) stays.push(stay.stayId);
      read.push(stays);
      return { code: 1 };
    };
    const trainer = await createTrainer({
      ...{ ...shared, runChild, directory: join(folder.path, 'trainer'), http: { host: '127.0.0.1', port: 0 } },
      shelf: new LoneRelease({ releaseId: SHIPPED_RELEASE_ID, directory: shippedReleaseDirectory() }),
    });
    const trained = async (): Promise<void> => {
      await trainer.desk.start({ trigger: 'request', by: 'e2e', why: 'to see what it reads' });
      await trainer.desk.idle();
    };
    try {
      const records = [...stayed('kept'), ...stayed('withdrawn')];
      await log.append(TOPICS.bedsideEvents, records);
      await until(() => scorer.tally().events.received >= records.length);
      await scorer.flush();
      await knows(trainer, 2);
      await trained();
      const answer = await fetch(`${trainer.url}/withdrawals`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ stayId: 'withdrawn', by: 'e2e' }),
      });
      expect([answer.status, await answer.json()]).toEqual([202, expect.objectContaining({ trainingSet: 'held' })]);
      await until(() => scorer.tally().events.received >= records.length + 1);
      await scorer.flush();
      await knows(trainer, 1);
      await trained();
      expect(read).toEqual([['kept', 'withdrawn'], ['kept']]);
    } finally {
      await trainer.stop();
      await scorer.stop();
      await storage.close();
    }
  });
});
