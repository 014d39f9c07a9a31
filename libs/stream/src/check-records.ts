import { EventLogError } from './event-log-error.js';
import type { OutgoingRecord } from './log-record.js';

/** Longest key, bytes of UTF-8: the embedded log's index cannot hold more, and the others keep to it. */
export const MAX_KEY_BYTES = 1_024;

/** Largest value, bytes. Kafka's default is about 1 MiB; topics made by `ensureTopics` are set to take this much. */
export const MAX_VALUE_BYTES = 8 * 1_024 * 1_024;

/** Throws `invalid` for a record that no adapter could keep, before any of its batch is appended. */
export function checkRecords(topic: string, records: readonly OutgoingRecord[]): void {
  for (const record of records) {
    const keyBytes = Buffer.byteLength(record.key);
    if (keyBytes > MAX_KEY_BYTES) {
      throw new EventLogError(
        'invalid',
        `a record for ${topic} has a key of ${keyBytes} bytes, at most ${MAX_KEY_BYTES}`,
      );
    }
    const valueBytes = record.value?.byteLength ?? 0;
    if (valueBytes > MAX_VALUE_BYTES) {
      throw new EventLogError(
        'invalid',
        `a record for ${topic} has a value of ${valueBytes} bytes, at most ${MAX_VALUE_BYTES}`,
      );
    }
    if (!Number.isSafeInteger(record.timestampMs) || record.timestampMs < 0) {
      throw new EventLogError(
        'invalid',
        `a record for ${topic} has the timestamp ${record.timestampMs}, expected whole epoch milliseconds`,
      );
    }
  }
}
