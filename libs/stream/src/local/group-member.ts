import { EventLogError } from '../event-log-error.js';
import type { CommitPosition, Subscription, SubscriptionOptions, TopicPartition } from '../subscription.js';
import type { ConsumerGroup } from './consumer-group.js';
import type { LogStorage } from './log-storage.js';
import { DEFAULT_BATCH_RECORDS, MAX_BATCH_BYTES } from './batch-limits.js';
import { PartitionDelivery } from './partition-delivery.js';
import { partitionKey } from './partition-key.js';

/** One membership of a group within this process. */
export class GroupMember implements Subscription {
  private readonly deliveries = new Map<string, PartitionDelivery>();
  private readonly commits = new Set<Promise<void>>();
  private settingUp: Promise<void> = Promise.resolve();
  private epoch = 0;
  private ended = false;

  constructor(
    private readonly storage: LogStorage,
    private readonly group: ConsumerGroup,
    readonly options: SubscriptionOptions,
  ) {}

  assigned(): readonly TopicPartition[] {
    return [...this.deliveries.values()].map(({ partition }) => partition);
  }

  assignmentEpoch(): number {
    return this.epoch;
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) this.deliveries.get(partitionKey(partition))?.setPaused(true);
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) this.deliveries.get(partitionKey(partition))?.setPaused(false);
  }

  async commit(positions: readonly CommitPosition[]): Promise<void> {
    const lost = positions.find((position) => !this.deliveries.has(partitionKey(position)));
    if (lost !== undefined) {
      throw new EventLogError(
        'not-assigned',
        `group ${this.options.group}: ${partitionKey(lost)} is not assigned here any more, its position was not committed`,
      );
    }
    const commit = this.storage.commit(this.options.group, positions);
    const settled = commit.catch(() => undefined).finally(() => this.commits.delete(settled));
    this.commits.add(settled);
    await commit;
  }

  async close(): Promise<void> {
    this.ended = true;
    await this.group.leave(this);
  }

  /** Closed or failed. */
  hasEnded(): boolean {
    return this.ended;
  }

  /** Records were appended to the topic. */
  notify(topic: string): void {
    for (const delivery of this.deliveries.values()) if (delivery.partition.topic === topic) delivery.notify();
  }

  /** Gives up every partition that is not in `kept`, after the batches in hand and the commits under way. */
  async release(kept: ReadonlySet<string>): Promise<void> {
    const released = [...this.deliveries].filter(([key]) => !kept.has(key)).map(([, delivery]) => delivery);
    if (released.length === 0) return;
    await this.settingUp;
    await Promise.all(released.map((delivery) => delivery.stop()));
    await Promise.all(this.commits);
    const partitions = released.map(({ partition }) => partition);
    for (const partition of partitions) this.deliveries.delete(partitionKey(partition));
    this.epoch += 1;
    if (this.ended) return;
    try {
      await this.options.handler.onRevoked?.(partitions);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Takes partitions that nobody holds; their batches follow once the handler has prepared itself. */
  take(partitions: readonly TopicPartition[]): void {
    const added = partitions.filter((partition) => !this.deliveries.has(partitionKey(partition)));
    if (added.length === 0 || this.ended) return;
    this.epoch += 1;
    const ready = this.prepare(added);
    this.settingUp = Promise.all([this.settingUp, ready.catch(() => undefined)]).then(() => undefined);
    for (const partition of added) this.deliveries.set(partitionKey(partition), this.deliver(partition, ready));
  }

  private async prepare(partitions: readonly TopicPartition[]): Promise<void> {
    await this.options.handler.onAssigned?.(partitions);
  }

  private deliver(partition: TopicPartition, ready: Promise<void>): PartitionDelivery {
    const limit = { records: this.options.maxBatchRecords ?? DEFAULT_BATCH_RECORDS, bytes: MAX_BATCH_BYTES };
    return new PartitionDelivery(partition, {
      from: this.startOf(partition),
      read: (from) => this.storage.read(partition, from, limit),
      ready,
      onBatch: (batch) => this.options.handler.onBatch(batch),
      onFailure: (error) => this.fail(error),
    });
  }

  /** A position past the end (the log was emptied under the group) starts over: duplicates are harmless, a gap is not. */
  private startOf(partition: TopicPartition): bigint {
    const { oldest, end } = this.storage.bounds(partition);
    const committed = this.storage.committed(this.options.group, partition);
    if (committed === undefined) return this.options.from === 'latest' ? end : oldest;
    return committed > end ? oldest : committed;
  }

  private fail(error: unknown): void {
    if (this.ended) return;
    this.ended = true;
    for (const delivery of this.deliveries.values()) void delivery.stop();
    void this.group.leave(this);
    this.options.onFailure(error instanceof Error ? error : new Error(String(error)));
  }
}
