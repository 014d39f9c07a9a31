import { EventLogError, type EventLog, type LogRecord, type RecordBatch, type Subscription } from '#stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GatewayClock } from '../clock.js';

/** How a {@link LogFollower} reads. */
export interface LogFollowerOptions {
  readonly log: EventLog;
  /** Of this gateway alone: two gateways in one group would each see half of the ward. */
  readonly group: string;
  /** Read in this order when catching up. */
  readonly topics: readonly string[];
  readonly clock: GatewayClock;
  /** Receives every record at least once, in order within a partition. Must not throw for bad data. */
  readonly take: (record: LogRecord) => void;
  /** The subscription has died for good: the process should stop. */
  readonly onFailure: (error: Error) => void;
}

/** Records taken without letting sockets and requests have their turn. */
const RECORDS_A_TURN = 200;
const COMMIT_EVERY_MS = 30_000;
const SHARED_GROUP =
  'part of the log is not delivered to this gateway: another one seems to use its group; give each gateway a group of its own';
/** How soon to look again for a topic that does not exist yet. */
const LOOK_AGAIN_MS = 2_000;

/**
 * Reads whole topics and then follows them, so that the state made of them is complete and stays current.
 *
 * It first reads to the end as it stood, then joins its own group at exactly the positions behind what was read: it commits them under a first, idle
 * membership and joins again. Nothing is lost between the two, and nothing is read twice but what a crash of the broker makes it read again.
 */
export class LogFollower {
  private readonly next = new Map<string, bigint[]>();
  private subscription: Subscription | undefined;
  private stopCommits: (() => void) | undefined;
  /** Times in a row that partitions were found to be someone else's; once or twice is a rebalance. */
  private missed = 0;
  private endPause: (() => void) | undefined;
  private stopped = false;

  constructor(private readonly options: LogFollowerOptions) {}

  /** Reads what is on the log, waiting for topics that do not exist yet. @returns whether all of it was taken; false when stopped before */
  async catchUp(): Promise<boolean> {
    const { log } = this.options;
    for (const topic of this.options.topics) {
      const partitions = await this.partitionsOf(topic);
      if (this.stopped) return false;
      this.next.set(topic, new Array<bigint>(partitions).fill(0n));
      let taken = 0;
      for await (const record of log.readToEnd(topic)) {
        if (this.stopped) return false;
        this.take(record);
        if (++taken % RECORDS_A_TURN === 0) await nextTurn();
      }
    }
    return true;
  }

  /** Follows what comes after {@link catchUp}; resolves when records can arrive. */
  async follow(): Promise<void> {
    if (this.stopped) return;
    await this.commitStart();
    if (this.stopped) return;
    const { log, group, topics, onFailure } = this.options;
    this.subscription = await log.subscribe({
      group,
      topics,
      from: 'earliest',
      maxBatchRecords: RECORDS_A_TURN,
      handler: { onBatch: (batch) => this.takeBatch(batch) },
      onFailure,
    });
    this.stopCommits = this.options.clock.every(COMMIT_EVERY_MS, () => void this.commit());
    if (this.stopped) await this.stop();
  }

  /** Stops after the batch in hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.endPause?.();
    this.stopCommits?.();
    const subscription = this.subscription;
    this.subscription = undefined;
    await subscription?.close();
  }

  private async partitionsOf(topic: string): Promise<number> {
    while (!this.stopped) {
      try {
        return await this.options.log.partitionCount(topic);
      } catch (error) {
        if (!(error instanceof EventLogError) || error.code !== 'topic-unknown') throw error;
      }
      await this.pause(LOOK_AGAIN_MS);
    }
    return 0;
  }

  private pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.options.clock.after(delayMs, resolve);
      this.endPause = () => {
        cancel();
        resolve();
      };
    });
  }

  private async commitStart(): Promise<void> {
    const { log, group, topics, onFailure } = this.options;
    let release!: () => void;
    const committed = new Promise<void>((resolve) => (release = resolve));
    const idle = await log.subscribe({
      group,
      topics,
      from: 'earliest',
      handler: { onBatch: () => committed },
      onFailure,
    });
    try {
      await idle.commit(this.positions());
    } finally {
      release();
      await idle.close();
    }
  }

  private positions() {
    return [...this.next].flatMap(([topic, offsets]) =>
      offsets.map((nextOffset, partition) => ({ topic, partition, nextOffset })),
    );
  }

  private async takeBatch(batch: RecordBatch): Promise<void> {
    for (const record of batch.records) this.take(record);
    await nextTurn();
  }

  private take(record: LogRecord): void {
    this.options.take(record);
    this.next.get(record.topic)![record.partition] = record.offset + 1n;
  }

  /** Keeps a reconnect short. A failure costs nothing but reading again, so it is left to the next one. */
  private async commit(): Promise<void> {
    const { subscription } = this;
    if (subscription === undefined) return;
    const positions = this.positions();
    if (subscription.assigned().length < positions.length) this.missed += 1;
    else this.missed = 0;
    if (this.missed >= 3) return this.options.onFailure(new Error(SHARED_GROUP));
    try {
      await subscription.commit(positions);
    } catch {
      return;
    }
  }
}
