import type { LogRecord } from './log-record.js';

/** A partition of a topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Records of one partition, in order, none missing between them (but for compaction). */
export interface RecordBatch extends TopicPartition {
  readonly records: readonly LogRecord[];
}

/** Position from which a group goes on after a restart: the next record to read. */
export interface CommitPosition extends TopicPartition {
  readonly nextOffset: bigint;
}

/** Receives what a group is handed. Its methods are never called concurrently for one partition. */
export interface SubscriptionHandler {
  /**
   * Called before the first batch of newly assigned partitions; batches wait for it. Load snapshots here.
   * A rejection fails the subscription.
   */
  onAssigned?(partitions: readonly TopicPartition[]): Promise<void>;
  /**
   * The partitions are no longer ours, maybe already someone else's: forget them and publish nothing more for them. Not called
   * when the subscription itself is closed or fails. A rejection fails the subscription.
   */
  onRevoked?(partitions: readonly TopicPartition[]): Promise<void>;
  /** Handles a batch. The next batch of the partition waits for it. A rejection fails the subscription; nothing is committed by itself. */
  onBatch(batch: RecordBatch): Promise<void>;
}

/** How to read. */
export interface SubscriptionOptions {
  readonly group: string;
  readonly topics: readonly string[];
  readonly handler: SubscriptionHandler;
  /**
   * Where a group without a commit starts. `latest` skips what is on the log when a partition is assigned, at every assignment
   * until the first commit.
   *
   * @default 'earliest'
   */
  readonly from?: 'earliest' | 'latest';
  /**
   * Largest number of records in a batch. A batch also ends at about 8 MiB of values.
   *
   * @default 1000
   */
  readonly maxBatchRecords?: number;
  /** Called once when the subscription has died for good: the process should stop and be started again. */
  readonly onFailure: (error: Error) => void;
}

/** A running membership of a group. */
export interface Subscription {
  /** Partitions held now. */
  assigned(): readonly TopicPartition[];
  /** Grows whenever the assignment changes; compare it before publishing what was computed under an earlier assignment. */
  assignmentEpoch(): number;
  /** Stops delivery of a partition after the batch in hand; records stay on the log. Ends with the assignment. Others are ignored. */
  pause(partitions: readonly TopicPartition[]): void;
  resume(partitions: readonly TopicPartition[]): void;
  /** Makes positions durable; rejects (`not-assigned`) when a partition is no longer assigned, and then commits none of them. */
  commit(positions: readonly CommitPosition[]): Promise<void>;
  /** Leaves the group after the batches in hand; commits nothing. Not to be awaited within a handler, whose batch it waits for. */
  close(): Promise<void>;
}
