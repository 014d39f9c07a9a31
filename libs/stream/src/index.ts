export { EventLog } from './event-log.js';
export type { LogRecord, OutgoingRecord } from './log-record.js';
export type { TopicSpecification } from './topic-specification.js';
export type {
  CommitPosition,
  RecordBatch,
  Subscription,
  SubscriptionHandler,
  SubscriptionOptions,
  TopicPartition,
} from './subscription.js';
