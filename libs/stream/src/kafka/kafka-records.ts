import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { LogRecord, OutgoingRecord } from '../log-record.js';
import { partitionOfKey } from '../partition-of-key.js';

/** What Kafka adds to a record on the wire and on disk, about. */
const OVERHEAD_BYTES = 80;

/** A record for kafkajs, with its partition. */
export function toMessage(record: OutgoingRecord, partitions: number): Message {
  return {
    key: record.key,
    value:
      record.value === null ? null : Buffer.from(record.value.buffer, record.value.byteOffset, record.value.byteLength),
    headers: { ...record.headers },
    timestamp: record.timestampMs.toString(),
    partition: partitionOfKey(record.key, partitions),
  };
}

/** Size of a record on the wire, bytes, about. */
export function sizeOf(record: OutgoingRecord): number {
  const headers = Object.entries(record.headers).reduce((sum, [name, text]) => sum + name.length + text.length + 8, 0);
  return OVERHEAD_BYTES + record.key.length + headers + (record.value?.byteLength ?? 0);
}

/** A record as kafkajs delivered it. A record of another writer without a key has the empty key. */
export function toLogRecord(topic: string, partition: number, message: KafkaMessage): LogRecord {
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    key: message.key?.toString('utf8') ?? '',
    value: message.value,
    headers: toHeaders(message.headers ?? {}),
    timestampMs: Number(message.timestamp),
  };
}

/** Of a header that was given several times, the last counts. */
function toHeaders(headers: IHeaders): Record<string, string> {
  const entries = Object.entries(headers).map(([name, text]) => {
    const last = Array.isArray(text) ? text.at(-1) : text;
    return [name, last?.toString() ?? ''] as const;
  });
  return Object.fromEntries(entries);
}
