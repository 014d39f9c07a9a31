import {
  hasSeries,
  TRAINING_SET_MARK,
  TRAINING_SET_VERSION,
  trainingSetMonths,
  type TrainingSetMonth,
} from '#datasets';
import { SnapshotError } from '#windows';
import type { CompletedStay } from '#wire';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freezeMonths } from './freeze-months.js';
import { observationsOfStay } from './observations-of-stay.js';
import { readIndex, type HeldStay } from './read-index.js';
import { summaryOf, type TrainingSetSummary } from './training-set-summary.js';
import type { TrainingSetChange } from './training-set-change.js';
import { TrainingSetError } from './training-set-error.js';
import { WithdrawalLedger } from './withdrawal-ledger.js';
import { writeMonth, type StoredStay } from './write-month.js';

/** The closed set of ends that a record of `stay-outcomes` can come to; each is counted. */
export const INTAKE_OUTCOMES = [
  'stored',
  /** The stay was held already, and its record has changed. */
  'replaced',
  'duplicate',
  /** It left: its discharge or admission was cancelled, it was merged, or the log no longer holds it. */
  'removed',
  /** It left for good and stands in the ledger. */
  'withdrawn',
  /** It was withdrawn before and came again. */
  'stays-out',
  /** A removal of a stay that was not held. */
  'not-held',
  /** Nothing but perhaps the weight was recorded: nothing can be learned from it. */
  'no-series',
  'malformed',
  'type-unknown',
] as const;

/** One of {@link INTAKE_OUTCOMES}. */
export type IntakeOutcome = (typeof INTAKE_OUTCOMES)[number];

interface MonthPlan {
  readonly incoming: Map<string, StoredStay>;
  readonly leaving: Set<string>;
}

/**
 * The stays of this hospital that ended, on disk: Parquet by month of their ends, with digests, and the ledger of withdrawals.
 *
 * Idempotent: what depends on the log alone is the content, not how often and in which batches it came. What {@link apply} was given is durable when it
 * resolves, and after a crash the set is as before the batch or as after a part of its months; applying the batch again completes it. One process
 * at a time may write; any number may read, best from a copy that {@link freeze} made.
 */
export class TrainingSet {
  private work: Promise<unknown> = Promise.resolve();
  /** Why a change failed: from then on what is in memory may be ahead of the disk. */
  private failure: unknown;

  private constructor(
    readonly folder: string,
    private readonly ledger: WithdrawalLedger,
    private readonly months: Map<string, TrainingSetMonth>,
    private readonly held: Map<string, HeldStay>,
  ) {}

  /**
   * Opens the set of a folder, which is made when it is missing, and clears away what a crash left half-written.
   *
   * @throws DatasetError when the folder holds something else, another version or a damaged month; TrainingSetError for a damaged ledger
   */
  static async open({ folder }: { readonly folder: string }): Promise<TrainingSet> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const names = await readdir(folder);
    if (names.every(isHalfWritten)) await writeMark(folder);
    // Before anything is deleted it is sure that the folder is a training set.
    const months = await trainingSetMonths(folder);
    for (const name of names.filter(isHalfWritten)) await rm(join(folder, name), { recursive: true, force: true });
    await removeOldGenerations(folder, names, months);
    const ledger = await WithdrawalLedger.open(join(folder, 'withdrawals.ndjson'));
    const { held, doubled } = await readIndex(months);
    const set = new TrainingSet(folder, ledger, new Map(months.map((month) => [month.month, month])), held);
    for (const [month, leaving] of doubled) await set.rewrite(month, { incoming: new Map(), leaving });
    return set;
  }

  /** Ids of the stays held. */
  stayIds(): ReadonlySet<string> {
    return new Set(this.held.keys());
  }

  /** Whether a stay was withdrawn. */
  isWithdrawn(stayId: string): boolean {
    return this.ledger.has(stayId);
  }

  /** What the set holds now. Of an unchanged set the digest is the same. */
  summary(): TrainingSetSummary {
    return summaryOf([...this.months.values()], this.ledger.size);
  }

  /** Makes changes in order; durable when it resolves. @returns the end of each change */
  apply(changes: readonly TrainingSetChange[]): Promise<IntakeOutcome[]> {
    return this.exclusively(async () => {
      if (this.failure !== undefined) {
        const message =
          'a change of the training set failed before; open it again, then read the log again from the last commit';
        throw new TrainingSetError(message, { cause: this.failure });
      }
      try {
        return await this.change(changes);
      } catch (error) {
        this.failure = error;
        throw error;
      }
    });
  }

  /**
   * Makes an unchanging copy of the present set in a folder that must not exist, by hard links where the disk can: for one training. Whoever makes it deletes
   * it, since stays that are withdrawn later stay in it.
   */
  freeze(into: string): Promise<TrainingSetSummary> {
    return this.exclusively(async () => {
      await freezeMonths([...this.months.values()], into);
      await writeMark(into);
      return this.summary();
    });
  }

  /** Resolves when nothing is being written. */
  async close(): Promise<void> {
    await this.work.catch(() => undefined);
  }

  private exclusively<Result>(action: () => Promise<Result>): Promise<Result> {
    const result = this.work.then(action);
    this.work = result.catch(() => undefined);
    return result;
  }

  private async change(changes: readonly TrainingSetChange[]): Promise<IntakeOutcome[]> {
    const withdrawn = changes.flatMap((change) => (isWithdrawal(change) ? [change] : []));
    const known = new Set(withdrawn.filter(({ stayId }) => this.ledger.has(stayId)).map(({ stayId }) => stayId));
    await this.ledger.add(withdrawn);
    const plans = new Map<string, MonthPlan>();
    const outcomes = changes.map((change) => {
      if (change.kind === 'completed') return this.take(change.stay, plans);
      const left = this.leave(change.stayId, plans);
      return change.why === 'withdrawn' && !known.has(change.stayId) ? 'withdrawn' : left;
    });
    for (const [month, plan] of plans) await this.rewrite(month, plan);
    return outcomes;
  }

  private take(stay: CompletedStay, plans: Map<string, MonthPlan>): IntakeOutcome {
    if (this.ledger.has(stay.stayId)) return 'stays-out';
    const recordDigest = createHash('sha256').update(JSON.stringify(stay)).digest('hex');
    const held = this.held.get(stay.stayId);
    if (held?.recordDigest === recordDigest) return 'duplicate';
    const observations = readableObservations(stay);
    if (!observations) return 'malformed';
    this.leave(stay.stayId, plans);
    if (!hasSeries(observations)) return 'no-series';
    const month = new Date(stay.endedAtMs).toISOString().slice(0, 7);
    planOf(plans, month).incoming.set(stay.stayId, { stay, recordDigest, observations });
    this.held.set(stay.stayId, { month, recordDigest });
    return held ? 'replaced' : 'stored';
  }

  private leave(stayId: string, plans: Map<string, MonthPlan>): 'removed' | 'not-held' {
    const held = this.held.get(stayId);
    if (!held) return 'not-held';
    const plan = planOf(plans, held.month);
    plan.incoming.delete(stayId);
    plan.leaving.add(stayId);
    this.held.delete(stayId);
    return 'removed';
  }

  private async rewrite(month: string, { incoming, leaving }: MonthPlan): Promise<void> {
    const { folder } = this;
    const before = this.months.get(month);
    if (!before && incoming.size === 0) return;
    const now = await writeMonth({ folder, month, before, incoming: [...incoming.values()], leaving: [...leaving] });
    if (now) this.months.set(month, now);
    else this.months.delete(month);
  }
}

function isWithdrawal(change: TrainingSetChange): change is Extract<TrainingSetChange, { kind: 'removed' }> {
  return change.kind === 'removed' && change.why === 'withdrawn';
}

/** Undefined when a day of the stay cannot be read. */
function readableObservations(stay: CompletedStay): StoredStay['observations'] | undefined {
  try {
    return observationsOfStay(stay);
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}

function planOf(plans: Map<string, MonthPlan>, month: string): MonthPlan {
  let plan = plans.get(month);
  if (!plan) plans.set(month, (plan = { incoming: new Map(), leaving: new Set() }));
  return plan;
}

/** Written beside its place and renamed: it is whole or not there. */
async function writeMark(folder: string): Promise<void> {
  const path = join(folder, TRAINING_SET_MARK);
  await writeFile(`${path}.partial`, `${JSON.stringify({ formatVersion: TRAINING_SET_VERSION })}\n`);
  await rename(`${path}.partial`, path);
}

/** Whether a name is that of something that a training set was writing when it was stopped. */
function isHalfWritten(name: string): boolean {
  return /^\d{4}-\d{2}\.\d{6}\.partial$/.test(name) || name === `${TRAINING_SET_MARK}.partial`;
}

async function removeOldGenerations(
  folder: string,
  names: readonly string[],
  months: readonly TrainingSetMonth[],
): Promise<void> {
  const current = new Set(months.map((month) => month.folder));
  for (const name of names) {
    const path = join(folder, name);
    if (/^\d{4}-\d{2}\.\d{6}$/.test(name) && !current.has(path)) await rm(path, { recursive: true });
  }
}
