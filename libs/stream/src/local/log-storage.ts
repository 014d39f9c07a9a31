import type { LogRecord, OutgoingRecord } from '../log-record.js';
import type { CommitPosition, TopicPartition } from '../subscription.js';
import type { TopicSpecification } from '../topic-specification.js';

/** Where a partition begins and ends. */
export interface PartitionBounds {
  /** Offset of the oldest record that may still be there. */
  readonly oldest: bigint;
  /** Offset after the newest durable record. */
  readonly end: bigint;
}

/** How much to read at once; whichever is reached first, but always one record. */
export interface ReadLimit {
  readonly records: number;
  readonly bytes: number;
}

/** What a read found, and where to go on. */
export interface ReadPage {
  readonly records: readonly LogRecord[];
  /** The offset after the last record, or the partition's end where nothing was left to read. */
  readonly nextOffset: bigint;
}

/** What a log inside this process keeps: records in partitions, and the positions of the groups. Topics are known to exist. */
export interface LogStorage {
  createTopic(topic: TopicSpecification): Promise<void>;
  topic(name: string): TopicSpecification | undefined;
  /** Resolves when the records are durable; from then on they can be read. */
  append(topic: TopicSpecification, records: readonly OutgoingRecord[]): Promise<void>;
  bounds(partition: TopicPartition): PartitionBounds;
  /** Reads durable records from `from` on; an offset before the oldest reads from the oldest. */
  read(partition: TopicPartition, from: bigint, limit: ReadLimit): ReadPage;
  /**
   * All durable records of the partitions as they stand now, in pages; what happens meanwhile does not show. Whole runs of records
   * older than `sinceMs` may be left out.
   */
  snapshot(
    partitions: readonly TopicPartition[],
    limit: ReadLimit,
    sinceMs: number,
  ): IterableIterator<readonly LogRecord[]>;
  committed(group: string, partition: TopicPartition): bigint | undefined;
  commit(group: string, positions: readonly CommitPosition[]): Promise<void>;
  close(): Promise<void>;
}
