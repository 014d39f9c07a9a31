import kafkajs, { type Admin, type ITopicConfig } from 'kafkajs';
import { checkSameTopic, checkTopic } from '../check-topic.js';
import { MAX_VALUE_BYTES } from '../check-records.js';
import { EventLogError } from '../event-log-error.js';
import type { TopicSpecification } from '../topic-specification.js';
import { attempt } from './attempt.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Room for keys, headers and the batch around the largest value. */
const MESSAGE_ROOM_BYTES = 65_536;

/** Topics on Kafka. */
export class KafkaTopics {
  private readonly partitions = new Map<string, number>();

  constructor(
    private readonly admin: Admin,
    private readonly replicationFactor: number,
  ) {}

  async ensure(topics: readonly TopicSpecification[]): Promise<void> {
    topics.forEach(checkTopic);
    const existing = await attempt('the topics could not be listed', () => this.admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.includes(name));
    if (missing.length > 0) {
      await attempt('the topics could not be created', () =>
        this.admin.createTopics({ topics: missing.map((topic) => this.configOf(topic)), waitForLeaders: true }),
      );
    }
    for (const topic of topics) {
      checkSameTopic({ partitions: await this.count(topic.name), cleanup: await this.cleanupOf(topic) }, topic);
    }
  }

  /** Number of partitions where it was asked for before. */
  knownCount(topic: string): number | undefined {
    return this.partitions.get(topic);
  }

  /** Number of partitions; asked once, since the number never changes without breaking the order of keys. */
  async count(topic: string): Promise<number> {
    const known = this.partitions.get(topic);
    if (known !== undefined) return known;
    const existing = await attempt('the topics could not be listed', () => this.admin.listTopics());
    if (!existing.includes(topic)) {
      throw new EventLogError('topic-unknown', `there is no topic ${topic}; create it with ensureTopics`);
    }
    const { topics } = await attempt(`topic ${topic} could not be described`, () =>
      this.admin.fetchTopicMetadata({ topics: [topic] }),
    );
    const count = topics[0]!.partitions.length;
    this.partitions.set(topic, count);
    return count;
  }

  /** The cleanup on the broker; a policy that is neither of ours (`compact,delete`) counts as the one not wanted. */
  private async cleanupOf({ name, cleanup }: TopicSpecification): Promise<TopicSpecification['cleanup']> {
    const { resources } = await attempt(`topic ${name} could not be described`, () =>
      this.admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: ['cleanup.policy'] }],
      }),
    );
    const policy = resources[0]?.configEntries[0]?.configValue;
    if (policy === 'delete' || policy === 'compact') return policy;
    return cleanup === 'delete' ? 'compact' : 'delete';
  }

  private configOf(topic: TopicSpecification): ITopicConfig {
    const common = {
      'message.timestamp.type': 'CreateTime',
      'max.message.bytes': MAX_VALUE_BYTES + MESSAGE_ROOM_BYTES,
    };
    const cleanup = topic.cleanup === 'compact' ? COMPACTION : retention(topic.retentionMs!);
    return {
      topic: topic.name,
      numPartitions: topic.partitions,
      replicationFactor: this.replicationFactor,
      configEntries: Object.entries({ ...common, ...cleanup }).map(([name, value]) => ({ name, value: `${value}` })),
    };
  }
}

/**
 * Compaction soon enough that a topic of snapshots stays within some hours' worth of them, but never of the last minute, so that
 * a reader that has seen the end of the topic also sees the last record of each key before it.
 */
const COMPACTION = {
  'cleanup.policy': 'compact',
  'min.compaction.lag.ms': MINUTE_MS,
  'max.compaction.lag.ms': 2 * HOUR_MS,
  'delete.retention.ms': DAY_MS,
  'min.cleanable.dirty.ratio': 0.3,
  'segment.ms': HOUR_MS,
  'segment.bytes': 128 * 1_024 * 1_024,
};

/** Segments of an eighth of the retention, so that a record outlives it by as much at most (and the brokers' check interval). */
function retention(retentionMs: number): Record<string, number | string> {
  const segmentMs = Math.min(7 * DAY_MS, Math.max(MINUTE_MS, Math.floor(retentionMs / 8)));
  return { 'cleanup.policy': 'delete', 'retention.ms': retentionMs, 'segment.ms': segmentMs };
}
