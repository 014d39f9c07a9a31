import type { RecordedStay } from '#datasets';
import type { ServiceLogger } from '#service';
import type { EventLog } from '#stream';
import type { HiddenStay } from '../hidden/hidden-stay.js';
import { hideInStay } from '../hidden/hide-in-stay.js';
import { judgeHidden } from '../hidden/judge-hidden.js';
import type { ScoredChunk } from '../store/chunk-store.js';
import type { OpenedRelease } from './opened-release.js';
import { readScores } from './read-scores.js';
import { replayStays } from './replay-stays.js';
import { scoreLog } from './score-log.js';
import type { StayScores } from './stay-scores.js';

/** Windows with hidden entries that are handed to the model at once. */
const HIDDEN_BATCH = 16;

/** Some stays, and how they are scored. */
export interface ChunkTask {
  readonly stays: readonly RecordedStay[];
  readonly release: OpenedRelease;
  readonly everyHours: number;
  readonly panels: boolean;
  readonly contributions: boolean;
  readonly seed: number;
  /** How many of the stays the imputer is judged on, from the first. */
  readonly hiddenStays: number;
  readonly partitions: number;
  readonly group: string;
  readonly logger: ServiceLogger;
  /** A log of its own for this chunk, which is closed afterwards. */
  readonly openLog: () => Promise<EventLog>;
  readonly onProgress: (scoredWindows: number) => void;
  readonly signal: AbortSignal;
}

/** Replays stays through the scorer, judges the imputer on hidden entries, and says what both cost. */
export async function scoreChunk(task: ChunkTask, key: ScoredChunk['key']): Promise<ScoredChunk> {
  const { stays, release, signal, logger } = task;
  const model = await release.model();
  const before = {
    busyMs: model.busyMs,
    wallMs: performance.now(),
    cpu: process.cpuUsage(),
    loop: performance.eventLoopUtilization(),
  };
  const log = await task.openLog();
  let scores: StayScores[];
  let tally;
  try {
    tally = await scoreLog({
      ...{ log, scorer: model, logger, signal, partitions: task.partitions, group: task.group },
      ...{ everyHours: task.everyHours, panels: task.panels, contributions: task.contributions },
      maxStays: stays.length + 1,
      feed: (fed) => replayStays(fed, stays, signal),
      onProgress: ({ windows }) => task.onProgress(windows.outcomes.scored + windows.outcomes.refused),
    });
    scores = await readScores(log, release.releaseId);
  } finally {
    await log.close();
  }
  const loop = performance.eventLoopUtilization(before.loop);
  const wallMs = performance.now() - before.wallMs;
  const { user, system } = process.cpuUsage(before.cpu);
  const modelMs = model.busyMs - before.busyMs;
  const startedMs = performance.now();
  const hidden = await judgeStays(task, scores);
  return {
    ...{ version: 2, key, engine: model.release.engine, scores, hidden },
    cost: {
      windows: tally.windows.due,
      scored: tally.windows.outcomes.scored,
      events: tally.events.received,
      ...{
        wallMs,
        modelMs,
        mainMs: loop.active,
        cpuMs: (user + system) / 1000,
        hiddenMs: performance.now() - startedMs,
        lanes: model.lanes,
      },
    },
  };
}

async function judgeStays(task: ChunkTask, scores: readonly StayScores[]): Promise<HiddenStay[]> {
  const { release, seed } = task;
  const { signals, normaliser } = release.manifest;
  const dueOf = new Map(
    scores.map(({ stayId, rows }) => [stayId, rows.filter(({ risk }) => risk !== undefined).map(dueSinceAdmission)]),
  );
  const windows = task.stays
    .slice(0, task.hiddenStays)
    .flatMap((recorded) => hideInStay(recorded, signals, dueOf.get(recorded.stay.stayId) ?? [], seed));
  const model = await release.model();
  const batches = Array.from({ length: Math.ceil(windows.length / HIDDEN_BATCH) }, (_, at) =>
    windows.slice(at * HIDDEN_BATCH, (at + 1) * HIDDEN_BATCH),
  );
  const judged: HiddenStay[] = [];
  // As many batches at once as the model has lanes.
  for (let at = 0; at < batches.length; at += model.lanes) {
    task.signal.throwIfAborted();
    const together = batches.slice(at, at + model.lanes);
    const answers = await Promise.all(together.map((batch) => model.score(batch.map(({ shown }) => shown))));
    together.flat().forEach((window, index) => {
      judged.push(judgeHidden(window, answers.flat()[index]!.imputed, signals, normaliser));
    });
  }
  return judged;
}

function dueSinceAdmission({ sinceAdmissionMs }: StayScores['rows'][number]): number {
  return sinceAdmissionMs;
}
