import kafkajs, { type Admin, type Kafka, type Producer } from 'kafkajs';
import { checkRecords } from '../check-records.js';
import { EventLogError } from '../event-log-error.js';
import { EventLog } from '../event-log.js';
import type { LogRecord, OutgoingRecord } from '../log-record.js';
import type { Subscription, SubscriptionOptions, TopicPartition } from '../subscription.js';
import type { TopicSpecification } from '../topic-specification.js';
import { wantedPartitions } from '../wanted-partitions.js';
import { attempt } from './attempt.js';
import { KafkaAppender } from './kafka-appender.js';
import { createKafka } from './kafka-client.js';
import { toEventLogError } from './kafka-errors.js';
import type { KafkaEventLogOptions } from './kafka-options.js';
import { KafkaSubscription } from './kafka-subscription.js';
import { KafkaTopics } from './kafka-topics.js';
import { readKafkaToEnd } from './read-kafka-to-end.js';

/** The log on Kafka, for any number of processes. */
export class KafkaEventLog extends EventLog {
  private readonly topics: KafkaTopics;
  private readonly appender: KafkaAppender;
  private readonly subscriptions = new Set<KafkaSubscription>();
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly kafka: Kafka,
    private readonly admin: Admin,
    private readonly producer: Producer,
    private readonly options: KafkaEventLogOptions,
  ) {
    super();
    this.topics = new KafkaTopics(admin, options.replicationFactor ?? -1);
    this.appender = new KafkaAppender(producer);
  }

  /** Connects; rejects (`unavailable`) when no broker answers within about a minute. */
  static async open(options: KafkaEventLogOptions): Promise<KafkaEventLog> {
    const kafka = createKafka(options);
    const admin = kafka.admin();
    const producer = kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    try {
      await Promise.all([admin.connect(), producer.connect()]);
    } catch (error) {
      await Promise.allSettled([admin.disconnect(), producer.disconnect()]);
      throw toEventLogError(`no Kafka broker answers at ${options.brokers.join(', ')}`, error);
    }
    return new KafkaEventLog(kafka, admin, producer, options);
  }

  async ensureTopics(topics: readonly TopicSpecification[]): Promise<void> {
    this.assertOpen();
    await this.topics.ensure(topics);
  }

  async partitionCount(topic: string): Promise<number> {
    this.assertOpen();
    return this.topics.count(topic);
  }

  async append(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    this.assertOpen();
    checkRecords(topic, records);
    // without waiting where the number is known, so that appends keep the order of their calls
    const partitions = this.topics.knownCount(topic) ?? (await this.topics.count(topic));
    if (records.length > 0) await this.appender.append(topic, records, partitions);
  }

  async subscribe(options: SubscriptionOptions): Promise<Subscription> {
    this.assertOpen();
    for (const topic of options.topics) await this.topics.count(topic);
    const subscription = new KafkaSubscription(options, {
      kafka: this.kafka,
      onRestart: ({ message }) =>
        this.options.onNotice?.({ level: 'warn', message: `kafka: group ${options.group} starts again: ${message}` }),
      endsWithoutCommit: (group, partitions) => this.endsWithoutCommit(group, partitions),
    });
    for (const other of this.subscriptions) if (other.hasEnded()) this.subscriptions.delete(other);
    this.subscriptions.add(subscription);
    await subscription.started;
    return subscription;
  }

  async *readToEnd(topic: string, partitions?: readonly number[], sinceMs?: number): AsyncIterable<LogRecord> {
    const count = await this.partitionCount(topic);
    const wanted = wantedPartitions(topic, count, partitions);
    if (wanted.length > 0) {
      yield* readKafkaToEnd({ kafka: this.kafka, admin: this.admin, topic, partitions: wanted, sinceMs });
    }
  }

  close(): Promise<void> {
    return (this.closing ??= this.closeOnce());
  }

  private async closeOnce(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await this.appender.idle();
    await Promise.allSettled([this.producer.disconnect(), this.admin.disconnect()]);
  }

  private async endsWithoutCommit(
    groupId: string,
    partitions: readonly TopicPartition[],
  ): Promise<(string | undefined)[]> {
    const topics = [...new Set(partitions.map(({ topic }) => topic))];
    const what = `where group ${groupId} stands could not be read`;
    const committed = await attempt(what, () => this.admin.fetchOffsets({ groupId, topics }));
    const ends = new Map<string, Awaited<ReturnType<Admin['fetchTopicOffsets']>>>();
    for (const topic of topics) {
      ends.set(topic, await attempt(what, () => this.admin.fetchTopicOffsets(topic)));
    }
    return partitions.map(({ topic, partition }) => {
      const ofTopic = committed.find((entry) => entry.topic === topic)?.partitions ?? [];
      const offset = ofTopic.find((entry) => entry.partition === partition)?.offset ?? '-1';
      if (offset !== '-1') return undefined;
      return ends.get(topic)?.find((entry) => entry.partition === partition)?.high;
    });
  }

  private assertOpen(): void {
    if (this.closing !== undefined) throw new EventLogError('closed', 'the log was closed');
  }
}
