import { setTimeout as delay } from 'node:timers/promises';
import { isTransient, toEventLogError } from './kafka-errors.js';

const WAIT_MS = 100;
const ATTEMPTS = 20;

/**
 * Asks again while a broker does not know yet what it will know soon: just after its start, or after a topic was made, it denies topics
 * and leaders. kafkajs repeats some requests by itself, others not at all. Throws the log's own error in the end.
 */
export async function attempt<T>(what: string, action: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await action();
    } catch (error) {
      const mapped = toEventLogError(what, error);
      if (count === ATTEMPTS || !(isTransient(error) || mapped.code === 'topic-unknown')) throw mapped;
      await delay(WAIT_MS);
    }
  }
}
