export { DirectoryLock } from './embedded/directory-lock.js';
export { EmbeddedEventLog } from './embedded/embedded-event-log.js';
export type { EmbeddedEventLogOptions } from './embedded/embedded-event-log.js';
export { EventLog } from './event-log.js';
export { EventLogError } from './event-log-error.js';
export type { EventLogErrorCode } from './event-log-error.js';
export { KafkaEventLog } from './kafka/kafka-event-log.js';
export type { KafkaEventLogOptions, KafkaNotice } from './kafka/kafka-options.js';
export type { LogRecord, OutgoingRecord } from './log-record.js';
export { MemoryBroker, MemoryEventLog } from './memory/memory-event-log.js';
export { partitionOfKey } from './partition-of-key.js';
export type { TopicSpecification } from './topic-specification.js';
export type {
  CommitPosition,
  RecordBatch,
  Subscription,
  SubscriptionHandler,
  SubscriptionOptions,
  TopicPartition,
} from './subscription.js';
