import type { LogRecord } from '#stream';
import { z } from 'zod';

/** Name of the format, on the first line. */
export const RECORDING_FORMAT = 'vigil-topics';

/** The one version that is written and read. */
export const RECORDING_VERSION = 1;

/** First line: what the file is, and the topics with the number of their partitions. */
export const recordingHeadSchema = z.strictObject({
  format: z.literal(RECORDING_FORMAT),
  version: z.literal(RECORDING_VERSION),
  /** When the recording was begun, epoch milliseconds. */
  recordedAtMs: z.int(),
  topics: z.array(z.strictObject({ name: z.string().min(1), partitions: z.int().positive() })).min(1),
});

/** See {@link recordingHeadSchema}. */
export type RecordingHead = z.infer<typeof recordingHeadSchema>;

/** A record as it stood on the log, one a line. */
export const recordLineSchema = z.strictObject({
  /** Topic. */
  t: z.string(),
  /** Partition. */
  p: z.int().nonnegative(),
  /** Offset in the partition, decimal. */
  o: z.string().regex(/^\d{1,19}$/),
  /** Log timestamp, epoch milliseconds. */
  at: z.int(),
  /** Key. */
  k: z.string(),
  /** Headers. */
  h: z.record(z.string(), z.string()),
  /** Value as UTF-8 text; null is a tombstone. Absent where the bytes are no UTF-8. */
  v: z.string().nullable().optional(),
  /** Value in base 64, where it is no UTF-8. */
  b: z.base64().optional(),
});

/** Last line: a file without it was cut off. */
export const recordingEndSchema = z.strictObject({
  end: z.literal(true),
  records: z.int().nonnegative(),
  /** SHA-256 of every line before this one with its line feed, hex. */
  sha256: z.string(),
});

/** The line of a record, without its line feed. Equal records give equal lines. */
export function recordLine({ topic, partition, offset, timestampMs, key, headers, value }: LogRecord): string {
  const place = { t: topic, p: partition, o: String(offset), at: timestampMs, k: key, h: headers };
  if (value === null) return JSON.stringify({ ...place, v: null });
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const text = bytes.toString('utf8');
  return JSON.stringify(
    Buffer.from(text, 'utf8').equals(bytes) ? { ...place, v: text } : { ...place, b: bytes.toString('base64') },
  );
}

/** The record of a line, to the byte as it was. */
export function recordOfLine({ t, p, o, at, k, h, v, b }: z.infer<typeof recordLineSchema>): LogRecord {
  const value = b === undefined ? (v ?? null) : Buffer.from(b, 'base64');
  return {
    ...{ topic: t, partition: p, offset: BigInt(o), timestampMs: at, key: k, headers: h },
    value: typeof value === 'string' ? Buffer.from(value, 'utf8') : value,
  };
}
