import {
  EventLog,
  type LogRecord,
  type OutgoingRecord,
  type Subscription,
  type SubscriptionOptions,
  type TopicPartition,
  type TopicSpecification,
} from '#stream';

/** Long enough for replayed records, whose dates lie years back. */
const KEEP_MS = 200 * 365 * 86_400_000;

/**
 * A log whose topics have a prefix on the log beneath, so that a validation on a shared broker is seen by nobody else. Records are kept
 * whatever their date. The log beneath is closed with it.
 */
export class IsolatedLog extends EventLog {
  constructor(
    private readonly beneath: EventLog,
    private readonly prefix: string,
  ) {
    super();
  }

  override ensureTopics(topics: readonly TopicSpecification[]): Promise<void> {
    return this.beneath.ensureTopics(
      topics.map((topic) => ({
        ...topic,
        name: this.prefix + topic.name,
        ...(topic.cleanup === 'delete' ? { retentionMs: KEEP_MS } : {}),
      })),
    );
  }

  override partitionCount(topic: string): Promise<number> {
    return this.beneath.partitionCount(this.prefix + topic);
  }

  override append(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    return this.beneath.append(this.prefix + topic, records);
  }

  override async *readToEnd(topic: string, partitions?: readonly number[], sinceMs?: number): AsyncIterable<LogRecord> {
    for await (const record of this.beneath.readToEnd(this.prefix + topic, partitions, sinceMs)) {
      yield { ...record, topic };
    }
  }

  override async subscribe(options: SubscriptionOptions): Promise<Subscription> {
    const { handler } = options;
    const subscription = await this.beneath.subscribe({
      ...options,
      topics: options.topics.map((topic) => this.prefix + topic),
      handler: {
        onAssigned: async (partitions) => handler.onAssigned?.(this.within(partitions)),
        onRevoked: async (partitions) => handler.onRevoked?.(this.within(partitions)),
        onBatch: ({ topic, partition, records }) => {
          const name = topic.slice(this.prefix.length);
          return handler.onBatch({
            ...{ topic: name, partition },
            records: records.map((record) => ({ ...record, topic: name })),
          });
        },
      },
    });
    return {
      assigned: () => this.within(subscription.assigned()),
      assignmentEpoch: () => subscription.assignmentEpoch(),
      pause: (partitions) => subscription.pause(this.without(partitions)),
      resume: (partitions) => subscription.resume(this.without(partitions)),
      commit: (positions) => subscription.commit(this.without(positions)),
      close: () => subscription.close(),
    };
  }

  override close(): Promise<void> {
    return this.beneath.close();
  }

  private within(partitions: readonly TopicPartition[]): TopicPartition[] {
    return partitions.map(({ topic, partition }) => ({ topic: topic.slice(this.prefix.length), partition }));
  }

  private without<Place extends TopicPartition>(partitions: readonly Place[]): Place[] {
    return partitions.map((place) => ({ ...place, topic: this.prefix + place.topic }));
  }
}
