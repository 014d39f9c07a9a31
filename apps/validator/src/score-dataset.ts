import { createHash, randomUUID } from 'node:crypto';
import type { RecordedStay } from '#datasets';
import { codeVersionText, type CodeVersion } from '#reporting';
import type { ServiceLogger } from '#service';
import { openPassLog } from './log/open-pass-log.js';
import type { ValidatedRelease } from './report/validation-data.js';
import type { OpenedRelease } from './scoring/opened-release.js';
import { scoreChunk } from './scoring/score-chunk.js';
import { VALIDATION_ANCHOR_MS } from './scoring/virtual-clock.js';
import { chosenStays, emptyCount, type ChosenStay, type StayCount } from './stays/chosen-stays.js';
import { DataDigest } from './stays/data-digest.js';
import type { StayFacts } from './stays/stay-facts.js';
import type { ChunkStore, ScoredChunk } from './store/chunk-store.js';
import { expectOneEngine } from './store/expect-one-engine.js';
import { ValidationError } from './validation-error.js';
import type { ValidationWish } from './validation-wish.js';

/** Stays that are replayed together: bounds the memory of the log, and what an interruption loses. */
const CHUNK_STAYS = 100;
const MEMORY_PARTITIONS = 4;
const KAFKA_PARTITIONS = 12;

/** How far a validation has come. */
export interface ScoringProgress {
  /** Stays whose scores are kept. */
  readonly stays: number;
  /** Windows scored or refused in this run. */
  readonly windows: number;
  /** Of this run, milliseconds. */
  readonly wallMs: number;
}

/** What scoring is given besides the wish. */
export interface ScoringParts {
  readonly releases: readonly OpenedRelease[];
  /** Which code computes: scores that another version made are not taken for its own. */
  readonly code: CodeVersion;
  readonly store: ChunkStore;
  readonly logger: ServiceLogger;
  readonly onProgress: (progress: ScoringProgress) => void;
  readonly signal: AbortSignal;
}

/** The stays, and the scores of every release on them. */
export interface ScoredStays {
  readonly facts: ReadonlyMap<string, StayFacts>;
  readonly count: StayCount;
  readonly releases: readonly ValidatedRelease[];
  readonly dataDigest: string;
}

/** Scores the stays of data sets, some dozens at a time; what was scored before is taken from the store. */
export async function scoreDatasets(wish: ValidationWish, parts: ScoringParts): Promise<ScoredStays> {
  const claims = parts.releases.map(({ releaseId, manifest }) => ({ releaseId, training: manifest.training }));
  const facts = new Map<string, StayFacts>();
  const count = emptyCount(claims);
  const digest = new DataDigest();
  const chunks = parts.releases.map((): ScoredChunk[] => []);
  const progress = new ProgressCount(parts.onProgress);
  const size = wish.brokers === undefined ? CHUNK_STAYS : Infinity;
  for await (const chunk of inChunks(allStays(wish, claims, count), size)) {
    const hiddenStays = Math.max(0, wish.hiddenStays - facts.size);
    for (const { facts: known } of chunk) {
      if (facts.has(known.stayId))
        throw new ValidationError(`Two stays have the id ${known.stayId}: give each data set once.`);
      facts.set(known.stayId, known);
    }
    const stays = chunk.map(({ recorded }) => recorded);
    const staysDigest = digestOf(chunk.map((chosen) => digest.take(chosen)));
    for (const [at, release] of parts.releases.entries()) {
      chunks[at]!.push(await chunkOf({ stays, staysDigest, hiddenStays }, release, wish, parts, progress));
      expectOneEngine(release.releaseId, chunks[at]!);
    }
    progress.finish(stays.length);
  }
  if (facts.size === 0)
    throw new ValidationError(
      `No stay is left to replay: of ${count.read} that were read, ${count.leftOutSeen} were seen in training. Take other parts, or --include-seen.`,
    );
  return {
    ...{ facts, count, dataDigest: digest.hex() },
    releases: parts.releases.map((release, at) => validated(release, chunks[at]!)),
  };
}

async function* allStays(
  { choices }: ValidationWish,
  claims: Parameters<typeof emptyCount>[0],
  count: StayCount,
): AsyncGenerator<ChosenStay> {
  for (const choice of choices) yield* chosenStays(choice, claims, count);
}

async function* inChunks(stays: AsyncIterable<ChosenStay>, size: number): AsyncGenerator<readonly ChosenStay[]> {
  let chunk: ChosenStay[] = [];
  for await (const chosen of stays) {
    chunk.push(chosen);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** Stays that are replayed together. */
interface StaysInHand {
  readonly stays: readonly RecordedStay[];
  readonly staysDigest: string;
  /** How many of them, from the first, the imputer is judged on; may be more than there are. */
  readonly hiddenStays: number;
}

async function chunkOf(
  { stays, staysDigest, hiddenStays }: StaysInHand,
  release: OpenedRelease,
  wish: ValidationWish,
  parts: ScoringParts,
  progress: ProgressCount,
): Promise<ScoredChunk> {
  const { everyHours, panels = true, contributions, seed, brokers } = wish;
  const key = {
    ...{ release: release.digest, code: codeVersionText(parts.code), everyHours, anchorMs: VALIDATION_ANCHOR_MS, seed },
    ...(panels ? {} : { panels }),
    hiddenStays: Math.min(hiddenStays, stays.length),
    stays: staysDigest,
  };
  const known = await parts.store.load(key);
  if (known !== undefined) return known;
  parts.signal.throwIfAborted();
  const passId = `vigil-validation-${randomUUID()}`;
  const chunk = await scoreChunk(
    {
      ...{ stays, release, everyHours, panels, contributions, seed, hiddenStays, group: passId },
      partitions: brokers === undefined ? MEMORY_PARTITIONS : KAFKA_PARTITIONS,
      openLog: () => openPassLog(brokers, passId),
      ...{ logger: parts.logger, signal: parts.signal },
      onProgress: (windows) => progress.show(windows),
    },
    key,
  );
  await parts.store.save(chunk);
  progress.add(chunk.cost.windows);
  return chunk;
}

/** Of everything that is replayed, from the digests of the stays. */
function digestOf(staysDigests: readonly string[]): string {
  return createHash('sha256').update(staysDigests.join('\n')).digest('hex');
}

/** Puts the chunks of a release together. */
export function validated(release: OpenedRelease, chunks: readonly ScoredChunk[]): ValidatedRelease {
  const sum = (of: (cost: ScoredChunk['cost']) => number): number =>
    chunks.reduce((total, { cost }) => total + of(cost), 0);
  return {
    ...{ releaseId: release.releaseId, stage: release.manifest.stage, digest: release.digest },
    scores: chunks.flatMap(({ scores }) => scores),
    hidden: chunks.flatMap(({ hidden }) => hidden),
    cost: {
      windows: sum(({ windows }) => windows),
      scored: sum(({ scored }) => scored),
      events: sum(({ events }) => events),
      wallMs: sum(({ wallMs }) => wallMs),
      modelMs: sum(({ modelMs }) => modelMs),
      mainMs: sum(({ mainMs }) => mainMs),
      cpuMs: sum(({ cpuMs }) => cpuMs),
      hiddenMs: sum(({ hiddenMs }) => hiddenMs),
      lanes: chunks[0]?.cost.lanes ?? 1,
    },
  };
}

/** Counts what was done in this run, for whoever looks. */
class ProgressCount {
  private stays = 0;
  private windows = 0;
  private readonly startedMs = performance.now();

  constructor(private readonly onProgress: (progress: ScoringProgress) => void) {}

  show(windowsInHand: number): void {
    const wallMs = performance.now() - this.startedMs;
    this.onProgress({ stays: this.stays, windows: this.windows + windowsInHand, wallMs });
  }

  add(windows: number): void {
    this.windows += windows;
    this.show(0);
  }

  finish(stays: number): void {
    this.stays += stays;
    this.show(0);
  }
}
