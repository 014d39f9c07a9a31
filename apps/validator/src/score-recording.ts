import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecording, readRecordingHead, replayRecording } from '#replay';
import { EmbeddedEventLog, type EventLog } from '#stream';
import { TOPICS } from '#wire';
import { openPassLog } from './log/open-pass-log.js';
import type { LiveComparison, ValidatedRelease } from './report/validation-data.js';
import type { ScoredStays, ScoringParts } from './score-dataset.js';
import { comparedScore, compareWithLive } from './scoring/compare-with-live.js';
import type { OpenedRelease } from './scoring/opened-release.js';
import { readScores } from './scoring/read-scores.js';
import { scoreLog } from './scoring/score-log.js';
import { VIRTUAL_CLOCK } from './scoring/virtual-clock.js';
import { emptyCount } from './stays/chosen-stays.js';
import { RecordedLives } from './stays/facts-of-recording.js';
import type { StayFacts } from './stays/stay-facts.js';
import { ValidationError } from './validation-error.js';
import type { ValidationWish } from './validation-wish.js';

/** What a recording holds, read once from end to end, so that nothing of a bad file is scored. */
interface SurveyedRecording {
  readonly facts: Map<string, StayFacts>;
  /** By release and id. */
  readonly scores: Map<string, Map<string, string>>;
  readonly digest: string;
  readonly partitions: number;
}

/**
 * Replays the topics of a recording, with the times of the recording, through the scorer for each release, and holds the scores against
 * those that were recorded. A pass is made in one go.
 */
export async function scoreRecording(
  path: string,
  wish: ValidationWish,
  parts: ScoringParts,
): Promise<ScoredStays & { readonly live: readonly LiveComparison[] }> {
  const survey = await surveyRecording(path, wish, parts);
  const { facts, digest } = survey;
  if (facts.size === 0) throw new ValidationError(`${path} holds no admission of a stay; nothing can be scored.`);
  const claims = parts.releases.map(({ releaseId, manifest }) => ({ releaseId, training: manifest.training }));
  const releases: ValidatedRelease[] = [];
  const live: LiveComparison[] = [];
  for (const release of parts.releases) {
    const passed = await passOf(path, survey, release, wish, parts);
    releases.push(passed.release);
    if (passed.live !== undefined) live.push(passed.live);
  }
  const count = { ...emptyCount(claims), read: facts.size, chosen: facts.size, originUnknown: true };
  return { facts, count, releases, dataDigest: digest, live };
}

async function surveyRecording(path: string, wish: ValidationWish, parts: ScoringParts): Promise<SurveyedRecording> {
  const { topics } = await readRecordingHead(path);
  const bedside = topics.find(({ name }) => name === TOPICS.bedsideEvents);
  if (bedside === undefined)
    throw new ValidationError(`${path} holds ${topics.map(({ name }) => name).join(', ')}; expected bedside-events.`);
  const lives = new RecordedLives();
  const scores = new Map(parts.releases.map(({ releaseId }) => [releaseId, new Map<string, string>()]));
  const digest = createHash('sha256');
  for await (const record of readRecording(path)) {
    parts.signal.throwIfAborted();
    if (record.topic === TOPICS.bedsideEvents) {
      lives.take(record);
      digest.update(`${record.key}|${record.timestampMs}|`).update(record.value ?? '');
    } else if (record.topic === TOPICS.riskScores) {
      const id = record.headers['ce_id'] ?? '';
      // An id ends with the release.
      scores.get(id.slice(id.lastIndexOf('|') + 1))?.set(id, comparedScore(record, wish.contributions));
    }
  }
  return { facts: lives.facts(), scores, digest: digest.digest('hex'), partitions: bedside.partitions };
}

async function passOf(
  path: string,
  { facts, scores: recorded, partitions }: SurveyedRecording,
  release: OpenedRelease,
  { everyHours, panels = true, contributions, brokers }: ValidationWish,
  { logger, signal, onProgress }: ScoringParts,
): Promise<{ release: ValidatedRelease; live: LiveComparison | undefined }> {
  const model = await release.model();
  const passId = `vigil-validation-${randomUUID()}`;
  const folder = await mkdtemp(join(tmpdir(), 'vigil-validation-'));
  const log: EventLog =
    brokers === undefined
      ? // On disk, for a recording may be larger than memory; a clock before every record, so that none is too old.
        EmbeddedEventLog.open({ directory: join(folder, 'log'), now: () => 0 })
      : await openPassLog(brokers, passId);
  try {
    const startedMs = performance.now();
    const loop = performance.eventLoopUtilization();
    const cpu = process.cpuUsage();
    const tally = await scoreLog({
      ...{ log, scorer: model, logger, signal, partitions, group: passId, everyHours, panels, contributions },
      maxStays: facts.size + 1_000,
      feed: (fed) =>
        replayRecording({
          ...{ path, log: fed, topic: TOPICS.bedsideEvents, clock: VIRTUAL_CLOCK, speed: Infinity, signal },
        }),
      onProgress: ({ windows, stays }) => {
        const done = windows.outcomes.scored + windows.outcomes.refused;
        onProgress({ stays, windows: done, wallMs: performance.now() - startedMs });
      },
    });
    const scores = (await readScores(log, release.releaseId)).filter(({ stayId }) => facts.has(stayId));
    const wallMs = performance.now() - startedMs;
    const { user, system } = process.cpuUsage(cpu);
    const { due, outcomes } = tally.windows;
    const before = recorded.get(release.releaseId)!;
    return {
      live: before.size === 0 ? undefined : await compareWithLive(log, release.releaseId, before, contributions),
      release: {
        ...{ releaseId: release.releaseId, stage: release.manifest.stage, digest: release.digest, scores, hidden: [] },
        cost: {
          ...{ windows: due, scored: outcomes.scored, events: tally.events.received, wallMs },
          ...{ modelMs: model.busyMs, mainMs: performance.eventLoopUtilization(loop).active },
          ...{ cpuMs: (user + system) / 1000, hiddenMs: 0, lanes: model.lanes },
        },
      },
    };
  } finally {
    await log.close();
    await rm(folder, { recursive: true, force: true });
  }
}
