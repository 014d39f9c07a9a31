import type { z } from 'zod';

/** A CloudEvents 1.0 event in Kafka's binary content mode: attributes as `ce_` headers, data as JSON value. */
export interface BinaryEvent {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly timestampMs: number;
}

/** What {@link encodeEvent} needs besides the data. */
export interface EventAttributes {
  readonly type: string;
  /** URI reference of the writer, such as `/vigil/replay`. */
  readonly source: string;
  /** Unique within the source; the same event sent again keeps its id. */
  readonly id: string;
  /** Partition key: the stay. */
  readonly key: string;
  /** When it happened on the log's clock, epoch milliseconds. */
  readonly timeMs: number;
}

/** Writes an event; equal inputs give equal bytes. */
export function encodeEvent(attributes: EventAttributes, data: unknown): BinaryEvent {
  return {
    key: attributes.key,
    value: Buffer.from(JSON.stringify(data)),
    timestampMs: attributes.timeMs,
    headers: {
      ce_specversion: '1.0',
      ce_type: attributes.type,
      ce_source: attributes.source,
      ce_id: attributes.id,
      ce_time: new Date(attributes.timeMs).toISOString(),
      'content-type': 'application/json',
    },
  };
}

/** The event type of a record's headers, or undefined when they are not CloudEvents 1.0 in binary mode. */
export function eventType(headers: Readonly<Record<string, string>>): string | undefined {
  return headers['ce_specversion'] === '1.0' ? headers['ce_type'] : undefined;
}

/** Data of an event, or what is wrong with it in one sentence. */
export type Decoded<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly problem: string };

/** Reads the data of an event against its schema. Never throws for bad data. */
export function decodeData<T>(schema: z.ZodType<T>, value: Uint8Array | null): Decoded<T> {
  if (value === null) return { ok: false, problem: 'the record has no value; expected a JSON object' };
  const parsed = parseJson(value);
  if (!parsed.ok) return parsed;
  const result = schema.safeParse(parsed.data);
  if (result.success) return { ok: true, data: result.data };
  const first = result.error.issues[0]!;
  return { ok: false, problem: `${first.path.join('.') || 'value'}: ${first.message}` };
}

function parseJson(value: Uint8Array): Decoded<unknown> {
  try {
    return {
      ok: true,
      data: JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')),
    };
  } catch {
    return { ok: false, problem: 'the value is not JSON; expected a JSON object' };
  }
}
