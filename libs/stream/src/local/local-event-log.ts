import { checkRecords } from '../check-records.js';
import { checkSameTopic, checkTopic } from '../check-topic.js';
import { EventLogError } from '../event-log-error.js';
import { EventLog } from '../event-log.js';
import type { LogRecord, OutgoingRecord } from '../log-record.js';
import type { Subscription, SubscriptionOptions } from '../subscription.js';
import type { TopicSpecification } from '../topic-specification.js';
import { wantedPartitions } from '../wanted-partitions.js';
import { GroupMember } from './group-member.js';
import type { LocalBroker } from './local-broker.js';

/** Records and bytes that `readToEnd` holds at once. */
const READ_LIMIT = { records: 1_000, bytes: 8 * 1_024 * 1_024 } as const;

/** A log whose groups meet inside this process, over any storage. */
export class LocalEventLog extends EventLog {
  private readonly subscriptions = new Set<GroupMember>();
  private closed = false;

  constructor(private readonly broker: LocalBroker) {
    super();
  }

  async ensureTopics(topics: readonly TopicSpecification[]): Promise<void> {
    this.assertOpen();
    topics.forEach(checkTopic);
    for (const topic of topics) {
      const existing = this.broker.storage.topic(topic.name);
      if (existing === undefined) await this.broker.storage.createTopic(topic);
      else checkSameTopic(existing, topic);
    }
  }

  async partitionCount(topic: string): Promise<number> {
    return this.topic(topic).partitions;
  }

  async append(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    const specification = this.topic(topic);
    checkRecords(topic, records);
    if (records.length === 0) return;
    await this.broker.storage.append(specification, records);
    this.broker.notify(topic);
  }

  async subscribe(options: SubscriptionOptions): Promise<Subscription> {
    options.topics.forEach((topic) => this.topic(topic));
    const group = this.broker.group(options.group);
    const member = new GroupMember(this.broker.storage, group, options);
    for (const other of this.subscriptions) if (other.hasEnded()) this.subscriptions.delete(other);
    this.subscriptions.add(member);
    await group.join(member);
    return member;
  }

  async *readToEnd(topic: string, partitions?: readonly number[], sinceMs = 0): AsyncIterable<LogRecord> {
    const { partitions: count } = this.topic(topic);
    const wanted = wantedPartitions(topic, count, partitions);
    const pages = this.broker.storage.snapshot(
      wanted.map((partition) => ({ topic, partition })),
      READ_LIMIT,
      sinceMs,
    );
    for (const page of pages) {
      for (const record of page) if (record.timestampMs >= sinceMs) yield record;
    }
  }

  /** Ends the subscriptions of this log; the broker goes on for others. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    this.subscriptions.clear();
  }

  private topic(name: string): TopicSpecification {
    this.assertOpen();
    const topic = this.broker.storage.topic(name);
    if (topic === undefined) {
      throw new EventLogError('topic-unknown', `there is no topic ${name}; create it with ensureTopics`);
    }
    return topic;
  }

  private assertOpen(): void {
    if (this.closed) throw new EventLogError('closed', 'the log was closed');
  }
}
