import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { HOUR_MS } from '#clinical';
import { InfluxHistoryStore } from '#history';
import { createScorer, type RunningScorer } from '#scorer';
import { ServiceLogger } from '#service';
import type { EventLog } from '#stream';
import { DEFAULT_PARTITIONS, TOPICS } from '#wire';
import { ADMITTED_AT_MS } from '../support/scorer/bedside-records.js';
import { ComputedScorer } from '../support/scorer/computed-scorer.js';
import { movedRecords } from '../support/scorer/moved-records.js';
import { recordedWard } from '../support/scorer/recorded-ward.js';
import { ScorerTrial, taken, until } from '../support/scorer/scorer-trial.js';
import { closedAfterEach, openKafkaLog } from './opened.js';
import { requiredSetting } from './required-setting.js';

const url = requiredSetting('INFLUX_URL');

const open = closedAfterEach();

const openLog = (): Promise<EventLog> => openKafkaLog(open);

/** Resolves when a scorer has read all that lies on the log now, what other specs and the scorer itself put there included. @param before it began */
async function hasRead(scorer: RunningScorer, log: EventLog, before = 0): Promise<void> {
  let events = 0;
  for await (const { offset } of log.readToEnd(TOPICS.bedsideEvents)) events += Number(offset >= 0n);
  await until(() => scorer.tally().events.received >= events - before);
}

async function start(log: EventLog, group: string): Promise<RunningScorer> {
  const history = await InfluxHistoryStore.open({ url });
  open.push(history);
  const partitions = await log.partitionCount(TOPICS.bedsideEvents).catch(() => DEFAULT_PARTITIONS);
  return createScorer({
    ...{ log, history, group, partitions, scorer: new ComputedScorer(), scoring: { overload: 'wait' } },
    logger: new ServiceLogger({ service: 'spec', level: 'silent' }),
    onFailure: (error) => {
      throw error;
    },
  });
}

/** The scores of the stays of a ward by id; fails when one id stands for different bytes. */
async function scoresOf(log: EventLog, prefix: string): Promise<Map<string, string>> {
  const scores = new Map<string, string>();
  for await (const { key, value, headers } of log.readToEnd(TOPICS.riskScores)) {
    if (!key.startsWith(prefix)) continue;
    const text = Buffer.from(value!).toString();
    expect(scores.get(headers['ce_id']!) ?? text).toBe(text);
    scores.set(headers['ce_id']!, text);
  }
  return new Map([...scores].sort(([left], [right]) => (left < right ? -1 : 1)));
}

describe('the scorer on Kafka and InfluxDB', () => {
  it('gives ten stays the same scores, to the byte, as in memory, over a crash and a restart', async () => {
    const prefix = `${randomUUID().slice(0, 8)}-`;
    const hours = 8;
    const records = movedRecords(recordedWard(10, hours), Date.now() - ADMITTED_AT_MS - (hours + 2) * HOUR_MS, prefix);
    const half = Math.floor(records.length / 2);

    const memory = new ScorerTrial(1);
    open.push(memory);
    const calm = await memory.start();
    await memory.append(records);
    await taken(calm, records.length);
    await calm.stop();

    const group = `scorer-${prefix}`;
    const firstLog = await openLog();
    const first = await start(firstLog, group);
    await firstLog.append(TOPICS.bedsideEvents, records.slice(0, half));
    await hasRead(first, firstLog);
    await first.flush();
    const committed = first.tally().events.received;
    await firstLog.append(TOPICS.bedsideEvents, records.slice(half, half + 200));
    await hasRead(first, firstLog);
    await first.idle();
    await firstLog.close();

    const log = await openLog();
    const second = await start(log, group);
    await log.append(TOPICS.bedsideEvents, records.slice(half + 200));
    await hasRead(second, log, committed);
    await second.idle();
    expect(await scoresOf(log, prefix)).toEqual(await memory.scores());
    expect(second.tally().windows.outcomes['already-published']).toBeGreaterThan(0);
    await second.stop();
  });
});
