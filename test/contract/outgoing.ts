import type { OutgoingRecord } from '#stream';

/** Log time of the records that do not say otherwise: recent, since Kafka drops what is older than a topic's retention. */
export const BASE_MS = Date.now() - 60_000;

/** A record with a text as value; null is a tombstone. */
export function outgoing(key: string, text: string | null, timestampMs = BASE_MS): OutgoingRecord {
  return { key, value: text === null ? null : Buffer.from(text, 'utf8'), headers: {}, timestampMs };
}

/** Records with values `${key}#0` ... of each of some keys, turn by turn. */
export function series(keys: readonly string[], length: number, first = 0): OutgoingRecord[] {
  return Array.from({ length }, (_, index) => keys.map((key) => outgoing(key, `${key}#${first + index}`))).flat();
}
