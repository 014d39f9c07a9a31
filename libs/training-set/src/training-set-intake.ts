import { EventLogError, type EventLog, type LogRecord, type RecordBatch, type Subscription } from '#stream';
import { DEFAULT_PARTITIONS, topicLayout, TOPICS } from '#wire';
import { catchUp, RECORDS_A_BATCH } from './catch-up.js';
import { OutcomeBatches, type IntakeTally } from './outcome-batches.js';
import type { TrainingSet } from './training-set.js';

/** What an intake is made with. It closes neither the log nor the set. */
export interface TrainingSetIntakeOptions {
  readonly log: EventLog;
  readonly set: TrainingSet;
  /** One trainer a group: a set is of one process. @default 'vigil-trainer' */
  readonly group?: string;
  /** Partitions of the topic, when it does not exist yet. @default 12 */
  readonly partitions?: number;
  /** Calls back after so many milliseconds, again and again, until the returned function is called. @default setInterval */
  readonly every?: (ms: number, call: () => void) => () => void;
  /**
   * Longest time for which records wait to be written, milliseconds: a month's files are written anew each time.
   * @default 60_000
   */
  readonly flushEveryMs?: number;
  /** The set has changed by so many stays. */
  readonly onChanged?: (stays: number) => void;
  /** A record that cannot be read was left out; the sentence names no person. */
  readonly onProblem?: (record: LogRecord, problem: string) => void;
  /** Something unexpected happened; the process should stop and start again. Called once. */
  readonly onFailure: (error: Error) => void;
}

/** An intake at work. */
export interface TrainingSetIntake {
  tally(): IntakeTally;
  /** When it resolves, what was delivered so far is in the set, durable and committed. */
  flush(): Promise<void>;
  /** Writes what waits, commits and leaves the group. */
  stop(): Promise<void>;
}

/**
 * Follows `stay-outcomes` into a training set: first {@link catchUp}, then what comes. Offsets are committed after the files are durable, so after a crash
 * records are read again, which changes nothing.
 */
export async function startTrainingSetIntake(options: TrainingSetIntakeOptions): Promise<TrainingSetIntake> {
  const { log, set, partitions = DEFAULT_PARTITIONS } = options;
  await log.ensureTopics([topicLayout(TOPICS.stayOutcomes, partitions)]);
  const batches = new OutcomeBatches(set, options.onProblem ?? (() => undefined));
  const before = set.summary().digest;
  await catchUp(log, set, batches);
  if (set.summary().digest !== before) options.onChanged?.(set.summary().stays);
  const follower = new OutcomeFollower(options, batches);
  await follower.start();
  return follower;
}

class OutcomeFollower implements TrainingSetIntake {
  private waiting: LogRecord[] = [];
  private readonly next = new Map<number, bigint>();
  private work: Promise<void> = Promise.resolve();
  private subscription: Subscription | undefined;
  private stopTimer: (() => void) | undefined;
  private failed = false;

  constructor(
    private readonly options: TrainingSetIntakeOptions,
    private readonly batches: OutcomeBatches,
  ) {}

  async start(): Promise<void> {
    const { log, group = 'vigil-trainer', every = everyInterval, flushEveryMs = 60_000 } = this.options;
    const onFailure = (error: Error) => this.fail(error);
    this.subscription = await log.subscribe({
      ...{ group, topics: [TOPICS.stayOutcomes], onFailure },
      handler: { onBatch: (batch) => this.take(batch) },
      maxBatchRecords: RECORDS_A_BATCH,
    });
    this.stopTimer = every(flushEveryMs, () => void this.flush().catch(onFailure));
  }

  tally(): IntakeTally {
    return this.batches.tally();
  }

  flush(): Promise<void> {
    const result = this.work.then(() => this.write());
    this.work = result.catch(() => undefined);
    return result;
  }

  async stop(): Promise<void> {
    this.stopTimer?.();
    try {
      await this.flush();
    } finally {
      await this.subscription?.close();
    }
  }

  private fail(error: Error): void {
    if (this.failed) return;
    this.failed = true;
    this.stopTimer?.();
    this.options.onFailure(error);
  }

  private async take({ partition, records }: RecordBatch): Promise<void> {
    this.waiting.push(...records);
    if (records.length > 0) this.next.set(partition, records.at(-1)!.offset + 1n);
    if (this.waiting.length >= RECORDS_A_BATCH) await this.flush();
  }

  private async write(): Promise<void> {
    const records = this.waiting;
    const positions = [...this.next].map(([partition, nextOffset]) => ({
      ...{ topic: TOPICS.stayOutcomes, partition, nextOffset },
    }));
    this.waiting = [];
    this.next.clear();
    const changed = await this.batches.take(records);
    for (const position of positions) await this.commit(position);
    if (changed > 0) this.options.onChanged?.(changed);
  }

  /** A partition that was lost meanwhile is read again by its new owner. */
  private async commit(position: Parameters<Subscription['commit']>[0][number]): Promise<void> {
    try {
      await this.subscription!.commit([position]);
    } catch (error) {
      if (!(error instanceof EventLogError) || error.code !== 'not-assigned') throw error;
    }
  }
}

function everyInterval(ms: number, call: () => void): () => void {
  const timer = setInterval(call, ms);
  timer.unref();
  return () => clearInterval(timer);
}
