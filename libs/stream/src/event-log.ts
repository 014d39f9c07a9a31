import type { LogRecord, OutgoingRecord } from './log-record.js';
import type { Subscription, SubscriptionOptions } from './subscription.js';
import type { TopicSpecification } from './topic-specification.js';

/**
 * The durable, partitioned log that joins the apps. Records with the same key are in one partition and keep their order.
 *
 * Delivery is at least once: after a crash, records past the last commit of a group are delivered again.
 */
export abstract class EventLog {
  /**
   * Creates what is missing of the topics; leaves what exists. Rejects (`topic-mismatch`) when an existing topic has another number
   * of partitions or another cleanup; another retention is let be.
   */
  abstract ensureTopics(topics: readonly TopicSpecification[]): Promise<void>;

  /** Number of partitions of a topic; rejects when there is no such topic. */
  abstract partitionCount(topic: string): Promise<number>;

  /**
   * Appends records in order; resolves when all of them are durable. A rejection may leave some of them on the log, so callers
   * send again and readers tolerate duplicates. Appends that overlap keep their order only as far as they were called in order
   * and none was rejected. Keys up to 1,024 bytes of UTF-8, values up to 8 MiB.
   */
  abstract append(topic: string, records: readonly OutgoingRecord[]): Promise<void>;

  /**
   * Joins a group and delivers batches until the subscription is closed. Resolves when the first assignment is known, which may
   * be empty and may come after `onAssigned` was called. The first batch follows in a later turn of the event loop, so a handler
   * may use the subscription that the caller awaited.
   */
  abstract subscribe(options: SubscriptionOptions): Promise<Subscription>;

  /**
   * Reads partitions of a topic from their oldest record up to the end as it stands when the first record is asked for, oldest
   * first within a partition, outside any group. On a compacted topic the last record of a key is what counts; older ones may
   * still appear before it.
   *
   * @param sinceMs records older than this by their log timestamps may be left out, as far as the adapter can do so cheaply
   */
  abstract readToEnd(topic: string, partitions?: readonly number[], sinceMs?: number): AsyncIterable<LogRecord>;

  /** Closes every subscription and releases what is held. */
  abstract close(): Promise<void>;
}
