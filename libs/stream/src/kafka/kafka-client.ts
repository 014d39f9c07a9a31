import kafkajs, { type Kafka, type RetryOptions } from 'kafkajs';
import type { KafkaEventLogOptions } from './kafka-options.js';

const { logLevel } = kafkajs;

/**
 * Short and many: a broker that restarts is back within a second or two, and the first acknowledgement after it comes .1 to 1.1 s
 * later; with kafkajs's own defaults it takes up to 4.8 s and sends are lost. Gives up after about 50 s.
 */
export const RETRY: RetryOptions = { initialRetryTime: 50, maxRetryTime: 500, multiplier: 1.2, retries: 100 };

/** A kafkajs client with the project's settings; its log lines from `warn` on become notices. */
export function createKafka({ brokers, clientId = 'vigil', onNotice }: KafkaEventLogOptions): Kafka {
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    retry: RETRY,
    connectionTimeout: 3_000,
    logLevel: onNotice === undefined ? logLevel.NOTHING : logLevel.WARN,
    logCreator: () => (entry) => {
      const error: unknown = entry.log.error;
      const detail = typeof error === 'string' ? `: ${error}` : '';
      const level = entry.level === logLevel.ERROR ? 'error' : 'warn';
      onNotice?.({ level, message: `kafka: ${entry.log.message}${detail}` });
    },
  });
}
