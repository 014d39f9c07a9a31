import kafkajs from 'kafkajs';
import { EventLogError, type EventLogErrorCode } from '../event-log-error.js';

/** Kafka's error types that mean something else than "try again later". */
const CODES: Readonly<Record<string, EventLogErrorCode>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'topic-unknown',
  ILLEGAL_GENERATION: 'not-assigned',
  UNKNOWN_MEMBER_ID: 'not-assigned',
  REBALANCE_IN_PROGRESS: 'not-assigned',
  FENCED_INSTANCE_ID: 'not-assigned',
  MESSAGE_TOO_LARGE: 'invalid',
  RECORD_LIST_TOO_LARGE: 'invalid',
  INVALID_TIMESTAMP: 'invalid',
  INVALID_RECORD: 'invalid',
  INVALID_TOPIC_EXCEPTION: 'invalid',
};

/** The log's error for one of Kafka's: what the innermost cause says decides its code. */
export function toEventLogError(what: string, error: unknown): EventLogError {
  if (error instanceof EventLogError) return error;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = 'type' in cause && typeof cause.type === 'string' ? CODES[cause.type] : undefined;
    if (code !== undefined) return new EventLogError(code, `${what}: ${cause.message}`, { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new EventLogError('unavailable', `${what}: ${reason}`, { cause: error });
}

/**
 * Whether the same request can succeed without anything else being done. A TypeError is kafkajs stumbling over the empty answer of a
 * broker that does not know yet who leads the partitions of a topic that was just made.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof kafkajs.KafkaJSError && error.retriable) return true;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof TypeError) return true;
  return false;
}
