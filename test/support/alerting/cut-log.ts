import { EventLog, type CommitPosition, type LogRecord, type OutgoingRecord, type Subscription } from '#stream';

type Subscribe = Parameters<EventLog['subscribe']>[0];

/**
 * A connection to a log that is cut at its n-th write (append or commit), before or after that write is done, as kill -9 would. What comes
 * later is never answered, and nothing more is delivered.
 */
export class CutLog extends EventLog {
  private writes = 0;
  private cut = false;
  private readonly subscriptions: Subscription[] = [];
  private announce!: () => void;
  /** Resolves when the connection is cut. */
  readonly wasCut = new Promise<void>((resolve) => (this.announce = resolve));
  /** Of `topic/partition` the position after the last record that was handled. */
  private readonly handled = new Map<string, bigint>();

  /**
   * @param committed of `topic/partition` the position that the group goes on from; shared by all connections of a trial
   * @param cutAt number of the write, from 1; Infinity for never
   */
  constructor(
    private readonly log: EventLog,
    private readonly committed: Map<string, bigint>,
    private readonly cutAt: number,
    private readonly isWriteDone: boolean,
  ) {
    super();
  }

  get isCut(): boolean {
    return this.cut;
  }

  /** Position up to which a partition has been read. */
  position(topicPartition: string): bigint {
    return this.handled.get(topicPartition) ?? this.committed.get(topicPartition) ?? 0n;
  }

  ensureTopics(topics: Parameters<EventLog['ensureTopics']>[0]): Promise<void> {
    return this.log.ensureTopics(topics);
  }

  partitionCount(topic: string): Promise<number> {
    return this.log.partitionCount(topic);
  }

  append(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    return this.write(() => this.log.append(topic, records));
  }

  readToEnd(topic: string, partitions?: readonly number[], sinceMs?: number): AsyncIterable<LogRecord> {
    return this.log.readToEnd(topic, partitions, sinceMs);
  }

  async subscribe(options: Subscribe): Promise<Subscription> {
    const { handler } = options;
    const subscription = await this.log.subscribe({
      ...options,
      handler: {
        onAssigned: async (partitions) => handler.onAssigned?.(partitions),
        onRevoked: async (partitions) => handler.onRevoked?.(partitions),
        onBatch: async (batch) => {
          // a batch in hand would hold up the group for good, so a cut one ends without a word
          if (this.cut) return;
          await Promise.race([handler.onBatch(batch), this.wasCut]);
          const last = batch.records.at(-1);
          if (!this.cut && last) this.handled.set(`${batch.topic}/${batch.partition}`, last.offset + 1n);
        },
      },
    });
    this.subscriptions.push(subscription);
    return {
      assigned: () => subscription.assigned(),
      assignmentEpoch: () => subscription.assignmentEpoch(),
      pause: (partitions) => subscription.pause(partitions),
      resume: (partitions) => subscription.resume(partitions),
      commit: (positions: readonly CommitPosition[]) =>
        this.write(async () => {
          await subscription.commit(positions);
          for (const { topic, partition, nextOffset } of positions)
            this.committed.set(`${topic}/${partition}`, nextOffset);
        }),
      close: () => subscription.close(),
    };
  }

  /** Leaves its groups; the log itself stays open for others. */
  async close(): Promise<void> {
    for (const subscription of this.subscriptions) await subscription.close();
  }

  private async write(work: () => Promise<void>): Promise<void> {
    if (this.cut) return never();
    if (++this.writes < this.cutAt) return work();
    this.cut = true;
    if (this.isWriteDone) await work();
    this.announce();
    return never();
  }
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}
