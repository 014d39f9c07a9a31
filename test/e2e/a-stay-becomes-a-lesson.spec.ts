import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { DAY_MS, HOUR_MS, MINUTE_MS, signalDefinition, SIGNAL_SETS } from '#clinical';
import { createGateway, type Gateway } from '#gateway';
import { createScorer, type RunningScorer } from '#scorer';
import { createMetrics, HealthRegistry, openStorage, ServiceLogger, type Storage } from '#service';
import type { OutgoingRecord } from '#stream';
import { readDataset } from '#datasets';
import { collectWindows } from '#training';
import { publishWithdrawal, startTrainingSetIntake, TrainingSet, type TrainingSetIntake } from '#training-set';
import {
  ADMISSION_CANCELLED,
  DISCHARGE_CANCELLED,
  encodeEvent,
  OBSERVATION,
  STAY_ADMITTED,
  STAY_ENDED,
  STAY_MERGED,
  STAY_TRANSFERRED,
  TOPICS,
  wardsResponseSchema,
} from '#wire';
import { collectAll } from '../support/collect-all.js';
import { ComputedScorer } from '../support/scorer/computed-scorer.js';
import { until } from '../support/scorer/scorer-trial.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Recent, for the log and the history drop what is old. */
const ADMITTED_AT_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 3 * DAY_MS;
const PARTITIONS = 3;
const logger = new ServiceLogger({ service: 'e2e', level: 'silent' });

function sent(type: string, stayId: string, afterMs: number, data: object = {}): OutgoingRecord {
  const timeMs = ADMITTED_AT_MS + afterMs;
  return encodeEvent(
    { type, source: '/e2e', id: `${type}/${stayId}/${afterMs}`, key: stayId, timeMs },
    { stayId, ...data },
  );
}

const atMs = (afterMs: number) => ({ atMs: ADMITTED_AT_MS + afterMs });
const endedAtMs = (afterMs: number) => ({ endedAtMs: ADMITTED_AT_MS + afterMs });

function admitted(stayId: string): OutgoingRecord {
  const place = { site: 's', ward: 'ward-01', bed: `bed-${stayId}`, admittedAtMs: ADMITTED_AT_MS };
  return sent(STAY_ADMITTED, stayId, 0, { ...place, static: { ageYears: 61 } });
}

/** A heart rate every half hour of [from, to). */
function monitored(stayId: string, fromHour: number, toHour: number): OutgoingRecord[] {
  return Array.from({ length: (toHour - fromHour) * 2 }, (_, index) => {
    const afterMs = fromHour * HOUR_MS + index * 30 * MINUTE_MS;
    const effectiveAtMs = ADMITTED_AT_MS + afterMs;
    const { unit } = signalDefinition('heart-rate');
    const value = { signal: 'heart-rate', value: 60 + index, unit, source: 'monitor' };
    return sent(OBSERVATION, stayId, afterMs, { ...value, effectiveAtMs, availableAtMs: effectiveAtMs });
  });
}

/** Scorer, gateway and the trainer's intake on one storage. */
class Apps {
  sentEvents = 0;

  private constructor(
    readonly storage: Storage,
    readonly scorer: RunningScorer,
    readonly gateway: Gateway,
    readonly intake: TrainingSetIntake,
    readonly set: TrainingSet,
  ) {}

  static async start(folder: string): Promise<Apps> {
    const storage = await openStorage({ VIGIL_STATE: join(folder, 'state') });
    const { log, history } = storage;
    const onFailure = (error: Error) => {
      throw error;
    };
    const scorer = await createScorer({
      ...{ log, history, logger, onFailure, partitions: PARTITIONS, scorer: new ComputedScorer() },
      scoring: { overload: 'wait', scoreEveryMs: HOUR_MS },
    });
    const gateway = await createGateway({
      ...{
        log,
        history,
        logger,
        onFailure,
        metrics: createMetrics({ service: 'gateway' }),
        health: new HealthRegistry(),
      },
      options: { port: 0 },
    });
    const set = await TrainingSet.open({ folder: join(folder, 'training-set') });
    const intake = await startTrainingSetIntake({ log, set, onFailure, partitions: PARTITIONS });
    return new Apps(storage, scorer, gateway, intake, set);
  }

  /** Resolves when everything sent is scored, saved and published; a merge is answered with a message more. */
  async send(...records: OutgoingRecord[]): Promise<void> {
    await this.storage.log.append(TOPICS.bedsideEvents, records);
    const merges = records.filter(({ headers }) => headers['ce_type'] === STAY_MERGED);
    this.sentEvents += records.length + merges.length;
    await until(() => this.scorer.tally().events.received >= this.sentEvents);
    await this.scorer.flush();
  }

  async withdraw(stayId: string, afterMs: number): Promise<void> {
    this.sentEvents += 1;
    await publishWithdrawal(this.storage.log, { stayId, reason: 'consent', ...atMs(afterMs) });
  }

  /** Resolves when the training set has these stays. */
  async learned(stayIds: readonly string[]): Promise<void> {
    const wanted = [...stayIds].sort().join();
    const deadline = Date.now() + 10_000;
    while ([...this.set.stayIds()].sort().join() !== wanted) {
      if (Date.now() > deadline) throw new Error(`the set has ${[...this.set.stayIds()].join()}, expected ${wanted}`);
      await this.intake.flush();
      await turn();
    }
  }

  async beds(): Promise<[string, number][]> {
    const { wards } = wardsResponseSchema.parse(await (await fetch(`${this.gateway.url}/api/wards`)).json());
    return wards.map(({ ward, beds }) => [ward, beds]);
  }

  async stop(): Promise<void> {
    await this.intake.stop();
    await this.set.close();
    await this.gateway.close();
    await this.scorer.stop();
    await this.storage.close();
  }
}

describe('stays that ended', () => {
  it('become lessons once, through moves, cancelled discharges, merges and a restart; withdrawn ones do not', async () => {
    await using folder = await temporaryFolder();
    const first = await Apps.start(folder.path);
    await first.send(
      ...['moved', 'withdrawn', 'prior', 'mistake', 'late'].map(admitted),
      ...[...monitored('moved', 0, 6), ...monitored('withdrawn', 0, 6), ...monitored('prior', 0, 6)],
      sent(STAY_TRANSFERRED, 'moved', 6 * HOUR_MS, { site: 's', ward: 'ward-02', bed: 'bed-9', ...atMs(6 * HOUR_MS) }),
      sent(STAY_MERGED, 'prior', 6 * HOUR_MS, { survivorStayId: 'moved', ...atMs(6 * HOUR_MS) }),
      sent(ADMISSION_CANCELLED, 'mistake', 6 * HOUR_MS, atMs(6 * HOUR_MS)),
    );
    await first.send(
      sent(STAY_ENDED, 'moved', 7 * HOUR_MS, { ...endedAtMs(7 * HOUR_MS), disposition: 'ward' }),
      sent(STAY_ENDED, 'withdrawn', 7 * HOUR_MS, { ...endedAtMs(7 * HOUR_MS), outcome: 'survived' }),
    );
    await first.learned(['moved', 'withdrawn']);
    expect(await first.beds()).toEqual([
      ['ward-01', 2],
      ['ward-02', 1],
    ]);
    await first.send(sent(DISCHARGE_CANCELLED, 'moved', 8 * HOUR_MS, atMs(8 * HOUR_MS)));
    await first.learned(['withdrawn']);
    await first.stop();

    const second = await Apps.start(folder.path);
    await second.withdraw('withdrawn', 30 * HOUR_MS);
    await second.send(
      ...monitored('moved', 8, 30),
      sent(STAY_ENDED, 'moved', 30 * HOUR_MS, { ...endedAtMs(30 * HOUR_MS), outcome: 'died' }),
      sent(STAY_ENDED, 'withdrawn', 31 * HOUR_MS, { ...endedAtMs(7 * HOUR_MS), outcome: 'died' }),
    );
    await second.learned(['moved']);
    await second.stop();

    const local = { id: 'local', path: join(folder.path, 'training-set') } as const;
    const [stay, ...others] = await collectAll(readDataset(local));
    expect(others).toEqual([]);
    expect(stay).toMatchObject({
      stay: { stayId: 'moved', ward: 'ward-02', bed: 'bed-9', admittedAtMs: ADMITTED_AT_MS, static: { ageYears: 61 } },
      ...{ outcome: 'died', outcomeKnownAtMs: ADMITTED_AT_MS + 30 * HOUR_MS, endedAtMs: ADMITTED_AT_MS + 30 * HOUR_MS },
    });
    expect(stay!.observations).toHaveLength(12 + 44);
    const windows = await collectWindows({
      ...{ datasets: [local], signals: SIGNAL_SETS['paper-11'], randomEnds: 2, seed: 1 },
      parts: ['train', 'validation', 'test'],
    });
    expect(windows.labels.map(({ stayId, died }) => [stayId, died])).toEqual(Array(3).fill(['moved', true]));
    expect((await TrainingSet.open({ folder: local.path })).isWithdrawn('withdrawn')).toBe(true);
  });
});
