import { EventLogError } from './event-log-error.js';
import type { TopicSpecification } from './topic-specification.js';

/** Kafka's rule for names; the other adapters keep to it so that a topic can move. */
const NAME = /^[a-zA-Z0-9._-]{1,249}$/;

/** Largest number of partitions of a topic; far above what one ward or hospital needs, and bounds what is held in memory. */
const MAX_PARTITIONS = 1024;

/** Throws `invalid` when a topic cannot be created as specified. */
export function checkTopic(topic: TopicSpecification): void {
  if (!NAME.test(topic.name)) {
    throw new EventLogError('invalid', `topic name "${topic.name}": expected 1 to 249 of a-z, A-Z, 0-9, ".", "_", "-"`);
  }
  if (!Number.isInteger(topic.partitions) || topic.partitions < 1 || topic.partitions > MAX_PARTITIONS) {
    throw new EventLogError(
      'invalid',
      `topic ${topic.name}: partitions is ${topic.partitions}, expected 1 to ${MAX_PARTITIONS}`,
    );
  }
  if (topic.cleanup === 'delete' && !(topic.retentionMs !== undefined && topic.retentionMs > 0)) {
    throw new EventLogError('invalid', `topic ${topic.name}: cleanup "delete" needs a retentionMs above 0`);
  }
}

/** Throws `topic-mismatch` when a topic that exists cannot serve as the one asked for. Another retention is let be. */
export function checkSameTopic(
  existing: Pick<TopicSpecification, 'partitions' | 'cleanup'>,
  wanted: TopicSpecification,
): void {
  if (existing.partitions !== wanted.partitions) {
    throw new EventLogError(
      'topic-mismatch',
      `topic ${wanted.name} has ${existing.partitions} partitions, expected ${wanted.partitions}: ` +
        'keys would change partition and lose their order, so name another topic or the same number',
    );
  }
  if (existing.cleanup !== wanted.cleanup) {
    throw new EventLogError(
      'topic-mismatch',
      `topic ${wanted.name} has cleanup "${existing.cleanup}", expected "${wanted.cleanup}": change it on the server or name another topic`,
    );
  }
}
