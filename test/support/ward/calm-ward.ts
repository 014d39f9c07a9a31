import { HOUR_MS, MINUTE_MS } from '#clinical';
import { loadPolicy } from '#alerter';
import { shippedReleaseDirectory, SHIPPED_RELEASE_ID } from '#model';
import { MemoryProgressStore, SYSTEM_CLOCK, type StaySource } from '#replay';
import { openWindowScorer } from '#scorer';
import { openStorage, ServiceLogger } from '#service';
import { startStandalone, type Standalone } from '#standalone';
import { LoneRelease } from '#trainer';
import { TrainingSet } from '#training-set';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appendClosingStays, areScored, areWatched, type ClosingStays } from './closing-stays.js';
import { runTotals, type RunTotals } from './kill-plan.js';
import { wardRecord, type WardRecord } from './ward-record.js';
import { PATIENCE_SECONDS } from './ward-processes.js';

const LOOK_EVERY_MS = 300;

/** What is replayed, and how it is scored. */
export interface WardRun {
  readonly source: StaySource;
  readonly stayIdPrefix: string;
  readonly anchorMs: number;
  readonly staggerMinutes: number;
  readonly partitions: number;
  readonly scoreEveryMinutes: number;
}

/** What a run came to. */
export interface RunResult {
  readonly record: WardRecord;
  readonly trainingSet: string;
}

/**
 * Runs all apps in one process on the embedded log, with the shipped release, to the end of the stays and of the closing ones. Nobody disturbs
 * them.
 */
export async function calmWard(folder: string, run: WardRun): Promise<RunResult & { readonly totals: RunTotals }> {
  const logger = new ServiceLogger({ service: 'ward', level: 'silent' });
  const failure = new AbortController();
  const storage = await openStorage({ VIGIL_STATE: folder });
  const model = await openWindowScorer({ threads: 1, logger });
  const directory = join(folder, 'trainer');
  const apps = await startStandalone({
    ...{ storage, model, logger, port: 0, partitions: run.partitions, onFailure: (error) => failure.abort(error) },
    scoring: { overload: 'wait', scoreEveryMs: run.scoreEveryMinutes * MINUTE_MS },
    alerts: { policy: await loadPolicy(), clock: { rule: 'log', patienceMs: PATIENCE_SECONDS * 1_000 } },
    training: {
      directory,
      shelf: new LoneRelease({ releaseId: SHIPPED_RELEASE_ID, directory: shippedReleaseDirectory() }),
    },
  });
  try {
    await apps.replay({
      ...{ source: run.source, anchorMs: run.anchorMs, stayIdPrefix: run.stayIdPrefix },
      ...{ staggerMs: run.staggerMinutes * MINUTE_MS, clock: SYSTEM_CLOCK, progressStore: new MemoryProgressStore() },
    }).done;
    const closing = await appendClosingStays(storage.log, run.stayIdPrefix, run.scoreEveryMinutes);
    await settle(apps, storage.log, closing, failure.signal);
    const record = await wardRecord(storage.log, apps.url);
    const totals = await runTotals(storage.log);
    await apps.stop();
    return { record, totals, trainingSet: await trainingSetDigest(join(directory, 'stays')) };
  } finally {
    await model.close();
    await storage.close();
  }
}

/** Waits until something is true, looking now and then; rejects when `failing` says why it never will be. */
export async function until(look: () => Promise<boolean>, failing: () => Error | undefined): Promise<void> {
  while (!(await look())) {
    const error = failing();
    if (error) throw error;
    await delay(LOOK_EVERY_MS);
  }
}

/** Whether a gateway has taken the last scores of the closing stays and shows their alerts. */
export async function areShown(url: string, { stayIds, lastMs }: ClosingStays): Promise<boolean> {
  const { alerts } = (await (await fetch(`${url}/api/alerts`)).json()) as { alerts: { stayId: string }[] };
  if (!stayIds.every((stayId) => alerts.some((alert) => alert.stayId === stayId))) return false;
  for (const stayId of stayIds) {
    const answer = await fetch(`${url}/api/stays/${stayId}`);
    if (!answer.ok) return false;
    const { bed } = (await answer.json()) as { bed: { eventTimeMs?: number } };
    if (bed.eventTimeMs !== lastMs) return false;
  }
  return true;
}

/** The digest of the training set in a folder that nobody has open. */
export async function trainingSetDigest(folder: string): Promise<string> {
  const set = await TrainingSet.open({ folder });
  const { digest, stays } = set.summary();
  await set.close();
  return `${stays} stays, ${digest}`;
}

async function settle(
  apps: Standalone,
  log: Parameters<typeof areScored>[0],
  closing: ClosingStays,
  failed: AbortSignal,
): Promise<void> {
  const failing = (): Error | undefined => (failed.aborted ? (failed.reason as Error) : undefined);
  await until(() => areScored(log, closing), failing);
  await apps.scorer.idle();
  await apps.scorer.flush();
  await until(async () => {
    await apps.alerter!.flush();
    return areWatched(log, closing);
  }, failing);
  await until(() => areShown(apps.url, closing), failing);
  await apps.trainer!.flush();
}

/** When the first stay is admitted, so that `spanMs` later lies in the past of the log, and on the hour. */
export function anchorBefore(spanMs: number): number {
  return Math.floor((Date.now() - spanMs) / HOUR_MS) * HOUR_MS;
}
