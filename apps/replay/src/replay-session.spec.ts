import { HOUR_MS } from '#clinical';
import { readDataset } from '#datasets';
import { MemoryBroker, MemoryEventLog, type LogRecord, type OutgoingRecord } from '#stream';
import { TOPICS } from '#wire';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../test/support/collect-all.js';
import { SkippingClock } from '../../../test/support/replay/skipping-clock.js';
import { MemoryProgressStore } from './progress-store.js';
import type { ReplayOptions } from './replay-options.js';
import { ReplaySession } from './replay-session.js';

const NOW_MS = Date.UTC(2026, 2, 1, 12);

/** A log of one partition, so that its order is the order of appending, which can be told what to do at an append. */
class WatchedLog extends MemoryEventLog {
  appends = 0;
  beforeAppend: (count: number) => Promise<void> | void = () => undefined;

  override async append(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    this.appends += 1;
    await this.beforeAppend(this.appends);
    await super.append(topic, records);
  }
}

async function setting(more: Partial<ReplayOptions> = {}) {
  const clock = new SkippingClock(NOW_MS);
  const log = new WatchedLog(new MemoryBroker(() => clock.nowMs()));
  const retentionMs = 1000 * HOUR_MS;
  await log.ensureTopics([{ name: TOPICS.bedsideEvents, partitions: 1, cleanup: 'delete', retentionMs }]);
  const source = () => readDataset({ id: 'synthetic', stays: 3, vitalEveryMinutes: 60 });
  const progressStore = new MemoryProgressStore();
  const options: ReplayOptions = { source, log, clock, progressStore, maxBatchEvents: 50, ...more };
  return { clock, log, options, progressStore };
}

async function idsOn(log: MemoryEventLog): Promise<string[]> {
  return (await recordsOn(log)).map(({ headers }) => headers['ce_id']!);
}

function recordsOn(log: MemoryEventLog): Promise<LogRecord[]> {
  return collectAll(log.readToEnd(TOPICS.bedsideEvents));
}

describe('a replay', () => {
  it('puts every event on the log in order of availability, none in the future', async () => {
    const { log, options } = await setting();
    const end = await new ReplaySession(options).run();
    const records = await recordsOn(log);
    expect(end).toMatchObject({ state: 'finished', stays: 3, admittedStays: 3, endedStays: 3, events: records.length });
    expect(end.appendedEvents).toBe(records.length);
    const times = records.map(({ timestampMs }) => timestampMs);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(times.at(-1)).toBeLessThanOrEqual(NOW_MS);
    expect(times.at(-1)).toBeGreaterThan(NOW_MS - 60_000);
    expect(end.simulatedMs).toBe(times.at(-1));
  });

  it('lasts as long as its stays divided by the speed, after the fast-forward', async () => {
    const { clock, options } = await setting({ speed: 600, fastForwardMs: 10 * HOUR_MS });
    const end = await new ReplaySession(options).run();
    const pacedMs = end.simulatedMs - end.anchorMs - 10 * HOUR_MS;
    expect(Math.abs(clock.nowMs() - NOW_MS - pacedMs / 600)).toBeLessThan(50);
  });

  it('keeps no event back: what is due is on the log before it waits', async () => {
    const { clock, log, options } = await setting({ speed: 3600 });
    const waits: [simulatedMs: number, onLog: number][] = [];
    const session = new ReplaySession({
      ...options,
      clock: {
        nowMs: () => clock.nowMs(),
        sleep: async (durationMs, signal) => {
          waits.push([session.progress().appendedEvents, (await recordsOn(log)).length]);
          return clock.sleep(durationMs, signal);
        },
      },
    });
    await session.run();
    expect(waits.length).toBeGreaterThan(30);
    for (const [appended, onLog] of waits) expect(onLog).toBe(appended);
  });

  it('waits for the log: never two appends at a time', async () => {
    const { log, options } = await setting();
    let [running, most] = [0, 0];
    log.beforeAppend = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await new ReplaySession(options).run();
    expect([most, log.appends > 5]).toEqual([1, true]);
  });

  it('puts the same events on the log when it is stopped and resumed, however often', async () => {
    const { log: whole, options: wholeOptions } = await setting();
    const { anchorMs } = await new ReplaySession(wholeOptions).run();
    const { clock, log, options } = await setting({ resume: true });
    let stops = 0;
    for (;;) {
      const session = new ReplaySession(options);
      const stopAt = log.appends + 3;
      log.beforeAppend = (count) => (count === stopAt ? session.stop() : undefined);
      const end = await session.run();
      if (end.state === 'finished') break;
      expect(end.state).toBe('stopped');
      stops += 1;
      clock.advance(5 * HOUR_MS);
    }
    expect(stops).toBeGreaterThan(2);
    expect(await idsOn(log)).toEqual(await idsOn(whole));
    expect((await recordsOn(log))[0]?.timestampMs).toBe(anchorMs);
  });

  it('sends again, as the same events, what it could not note down before a crash', async () => {
    const { log: whole, options: wholeOptions } = await setting();
    await new ReplaySession(wholeOptions).run();
    const { log, options, progressStore } = await setting({ resume: true });
    const save = progressStore.save.bind(progressStore);
    let saves = 0;
    progressStore.save = (position) => {
      saves += 1;
      return saves === 1 ? save(position) : Promise.reject(new Error('the machine went down'));
    };
    await expect(new ReplaySession(options).run()).rejects.toThrow('the machine went down');
    progressStore.save = save;
    expect(await new ReplaySession(options).run()).toMatchObject({ state: 'finished' });
    const ids = await idsOn(log);
    expect(ids.length).toBeGreaterThan(new Set(ids).size);
    expect([...new Set(ids)]).toEqual(await idsOn(whole));
  });

  it('stops while it still reads how many stays there are, and leaves the position of before', async () => {
    const { log, options, progressStore } = await setting();
    let read = 0;
    const source = async function* () {
      for await (const recorded of readDataset({ id: 'synthetic', stays: 30, vitalEveryMinutes: 240 })) {
        read += 1;
        if (read === 2) session.stop();
        yield recorded;
      }
    };
    const session: ReplaySession = new ReplaySession({ ...options, source });
    expect(await session.run()).toMatchObject({ state: 'stopped', events: 0 });
    expect(read).toBeLessThan(5);
    expect([log.appends, await progressStore.load()]).toEqual([0, undefined]);
  });

  it('does nothing more when it was finished', async () => {
    const { log, options } = await setting({ resume: true });
    await new ReplaySession(options).run();
    const before = (await recordsOn(log)).length;
    const end = await new ReplaySession(options).run();
    expect(end).toMatchObject({ state: 'finished', appendedEvents: before, endedStays: 3 });
    expect(await recordsOn(log)).toHaveLength(before);
  });

  it('refuses to resume with other stays, another placement or another anchor', async () => {
    const { options } = await setting({ resume: true });
    const { anchorMs } = await new ReplaySession(options).run();
    const run = (more: Partial<ReplayOptions>) => new ReplaySession({ ...options, ...more }).run();
    await expect(run({ source: () => readDataset({ id: 'synthetic', stays: 4 }) })).rejects.toThrow(/of other stays/);
    await expect(run({ wardSize: 7 })).rejects.toThrow(/another placement/);
    await expect(run({ anchorMs: anchorMs - 1 })).rejects.toThrow(/has the anchor/);
  });

  it('refuses two stays of one id, and none at all', async () => {
    const { options } = await setting();
    const twice = async function* () {
      yield* readDataset({ id: 'synthetic', stays: 1 });
      yield* readDataset({ id: 'synthetic', stays: 1 });
    };
    await expect(new ReplaySession({ ...options, source: twice }).run()).rejects.toThrow(
      /Two stays have the id synthetic-/,
    );
    const none = () => readDataset({ id: 'synthetic', stays: 0 });
    await expect(new ReplaySession({ ...options, source: none }).run()).rejects.toThrow(/no stay to replay/);
  });
});

describe('a replay that is paused', () => {
  it('stands still with its clock, and goes on where it stood', async () => {
    const { clock, log, options } = await setting({ speed: 600 });
    const session = new ReplaySession(options);
    const seen: string[] = [];
    log.beforeAppend = (count) => {
      if (count !== 10) return;
      session.pause();
      setImmediate(() => {
        clock.advance(7 * HOUR_MS);
        seen.push(session.progress().state, String(log.appends));
        session.resume();
      });
    };
    const end = await session.run();
    expect(seen).toEqual(['paused', '10']);
    const pacedMs = (end.simulatedMs - end.anchorMs) / 600;
    expect(Math.abs(clock.nowMs() - NOW_MS - 7 * HOUR_MS - pacedMs)).toBeLessThan(50);
    expect(end.state).toBe('finished');
  });

  it('can be stopped', async () => {
    const { log, options } = await setting();
    const session = new ReplaySession(options);
    log.beforeAppend = () => {
      session.pause();
      setImmediate(() => session.stop());
    };
    expect(await session.run()).toMatchObject({ state: 'stopped' });
    expect(log.appends).toBe(1);
  });
});

describe('a replay whose log refuses', () => {
  it('tries again, and nothing is lost', async () => {
    const { log, clock, options } = await setting();
    log.beforeAppend = (count) => (count % 3 === 0 ? Promise.reject(new Error('no leader')) : undefined);
    const end = await new ReplaySession(options).run();
    expect(await recordsOn(log)).toHaveLength(end.events);
    expect(clock.sleptMs).toContain(500);
  });

  it('gives up after five attempts with a sentence, and can be resumed', async () => {
    const { log, options } = await setting({ resume: true });
    log.beforeAppend = (count) => (count > 4 ? Promise.reject(new Error('no leader')) : undefined);
    const session = new ReplaySession(options);
    await expect(session.run()).rejects.toThrow(
      /took no more events on bedside-events \(5 attempts\): no leader.*--resume/,
    );
    expect(session.progress().state).toBe('failed');
    log.beforeAppend = () => undefined;
    const end = await new ReplaySession(options).run();
    expect(new Set(await idsOn(log)).size).toBe(end.events);
  });

  it('does not wait for attempts once it is stopped', async () => {
    const { log, clock, options } = await setting();
    const session = new ReplaySession(options);
    log.beforeAppend = () => {
      session.stop();
      throw new Error('closed');
    };
    await expect(session.run()).rejects.toThrow(/1 attempts/);
    expect(clock.sleptMs).toEqual([]);
  });
});
