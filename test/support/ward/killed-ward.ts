import { KafkaEventLog, type EventLog } from '#stream';
import { TOPICS } from '#wire';
import { join } from 'node:path';
import type { AppProcess } from './app-process.js';
import { areShown, trainingSetDigest, until, type RunResult, type WardRun } from './calm-ward.js';
import { appendClosingStays, areScored, areWatched } from './closing-stays.js';
import { RunProgress, type Kill, type RunTotals } from './kill-plan.js';
import { SERVICES, wardProcesses, type WardApp } from './ward-processes.js';
import { wardRecord } from './ward-record.js';

/** A run in processes, and what is killed in it. */
export interface KilledRun extends WardRun {
  readonly folder: string;
  readonly brokers: string;
  readonly influxUrl: string;
  /** Words of the replay that name the stays of `source`. */
  readonly replayWords: readonly string[];
  /** Simulated seconds a second. */
  readonly speed: number;
  readonly kills: readonly Kill[];
  /** What the undisturbed run came to, to know the points. */
  readonly totals: RunTotals;
}

type Failing = () => Error | undefined;

/**
 * Runs every app in a process of its own on Kafka and InfluxDB to the end of the stays and of the closing ones. Each app of the plan is killed
 * with SIGKILL when its point is reached, whatever the others are doing, and started again at once.
 */
export async function killedWard(run: KilledRun): Promise<RunResult> {
  const apps = await wardProcesses({ ...run, replay: replayWords(run) });
  const log = await KafkaEventLog.open({ brokers: [run.brokers] });
  let lost: Error | undefined;
  const failing: Failing = () => lost ?? Object.values(apps).find(({ failure }) => failure)?.failure;
  try {
    for (const service of SERVICES) {
      apps[service].launch();
      await apps[service].ready();
    }
    const progress = await RunProgress.follow(log, (error) => (lost = error));
    apps.replay.launch();
    const kills = new Map(run.kills.map((kill) => [kill.app, killOnce(kill, apps, progress, run.totals)]));
    const allKilled = Promise.all(kills.values());
    allKilled.catch((error: Error) => (lost = error));
    await orFail(kills.get('replay') ?? Promise.resolve(), failing);
    await orFail(apps.replay.done(), failing);
    await settle(run, apps, log, allKilled, failing);
    const record = await wardRecord(log, apps.gateway.url);
    await apps.trainer.stop();
    return { record, trainingSet: await trainingSetDigest(join(run.folder, 'trainer', 'trainer', 'stays')) };
  } finally {
    for (const app of Object.values(apps)) await app.kill();
    await log.close();
  }
}

/** Waits until everything has been read, scored, watched, shown and learned by everyone, the killed ones too. */
async function settle(
  run: KilledRun,
  apps: Record<WardApp, AppProcess>,
  log: EventLog,
  allKilled: Promise<unknown>,
  failing: Failing,
): Promise<void> {
  const closing = await appendClosingStays(log, run.stayIdPrefix, run.scoreEveryMinutes);
  await orFail(allKilled, failing);
  await until(() => areScored(log, closing), failing);
  const ended = run.totals[TOPICS.stayOutcomes];
  await until(async () => (await outcomesOn(log)) >= ended, failing);
  await until(() => areWatched(log, closing), failing);
  await until(() => areShown(apps.gateway.url, closing), failing);
  // its files are written once a minute, and whenever it starts or stops
  await apps.trainer.stop();
  apps.trainer.launch();
  await apps.trainer.ready();
}

async function killOnce(
  kill: Kill,
  apps: Record<WardApp, AppProcess>,
  progress: RunProgress,
  totals: RunTotals,
): Promise<void> {
  const app = apps[kill.app as WardApp];
  await progress.reached(kill.topic, Math.ceil(kill.share * totals[kill.topic]));
  await app.kill();
  if (kill.app === 'replay') return app.launch(['--resume']);
  app.launch();
  await app.ready();
}

/** Waits for `work`, or rejects as soon as something else has failed. */
async function orFail<T>(work: Promise<T>, failing: Failing): Promise<T> {
  let isOver = false;
  const over = (): void => void (isOver = true);
  work.then(over, over);
  await until(async () => isOver, failing);
  return work;
}

async function outcomesOn(log: EventLog): Promise<number> {
  const keys = new Set<string>();
  for await (const { key } of log.readToEnd(TOPICS.stayOutcomes)) keys.add(key);
  return keys.size;
}

function replayWords({ replayWords: named, stayIdPrefix, anchorMs, staggerMinutes, speed }: KilledRun): string[] {
  return [
    ...[...named, '--prefix', stayIdPrefix, '--anchor', new Date(anchorMs).toISOString(), '--quiet'],
    ...['--stagger', `${staggerMinutes}`, '--speed', `${speed}`],
  ];
}

/** Simulated seconds a second with which a span takes so many seconds. */
export function speedFor(spanMs: number, seconds: number): number {
  return Math.max(1, Math.round(spanMs / 1_000 / seconds));
}
