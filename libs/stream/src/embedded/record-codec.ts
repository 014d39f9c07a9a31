import type { OutgoingRecord } from '../log-record.js';

/** First byte of a stored record; a reader refuses what it does not know. */
const FORMAT = 1;
const HAS_VALUE = 1;
const FIXED_BYTES = 1 + 1 + 8 + 2 + 2;

/**
 * A record as bytes: format u8, flags u8, timestamp f64, key length u16, header count u16, key, headers (each name length u16,
 * text length u32, name, text), then the value up to the end. Little-endian, texts in UTF-8.
 */
export function encodeRecord(record: OutgoingRecord): Buffer {
  const key = Buffer.from(record.key, 'utf8');
  const headers = Object.entries(record.headers).map(
    ([name, text]) => [Buffer.from(name, 'utf8'), Buffer.from(text, 'utf8')] as const,
  );
  const headerBytes = headers.reduce((sum, [name, text]) => sum + 6 + name.length + text.length, 0);
  const bytes = Buffer.allocUnsafe(FIXED_BYTES + key.length + headerBytes + (record.value?.byteLength ?? 0));
  let at = bytes.writeUInt8(FORMAT, 0);
  at = bytes.writeUInt8(record.value === null ? 0 : HAS_VALUE, at);
  at = bytes.writeDoubleLE(record.timestampMs, at);
  at = bytes.writeUInt16LE(key.length, at);
  at = bytes.writeUInt16LE(headers.length, at);
  at += key.copy(bytes, at);
  for (const [name, text] of headers) {
    at = bytes.writeUInt16LE(name.length, at);
    at = bytes.writeUInt32LE(text.length, at);
    at += name.copy(bytes, at);
    at += text.copy(bytes, at);
  }
  if (record.value !== null) bytes.set(record.value, at);
  return bytes;
}

/** Reads what {@link encodeRecord} wrote; the value is a view of the bytes. Throws when the format is another. */
export function decodeRecord(bytes: Buffer): OutgoingRecord {
  if (bytes[0] !== FORMAT) {
    throw new Error(
      `a stored record has format ${bytes[0]}, expected ${FORMAT}: the log was written by another version`,
    );
  }
  const keyEnd = FIXED_BYTES + bytes.readUInt16LE(10);
  const key = bytes.toString('utf8', FIXED_BYTES, keyEnd);
  const headers: [name: string, text: string][] = [];
  let at = keyEnd;
  for (let left = bytes.readUInt16LE(12); left > 0; left--) {
    const nameEnd = at + 6 + bytes.readUInt16LE(at);
    const textEnd = nameEnd + bytes.readUInt32LE(at + 2);
    headers.push([bytes.toString('utf8', at + 6, nameEnd), bytes.toString('utf8', nameEnd, textEnd)]);
    at = textEnd;
  }
  const value = bytes[1] === HAS_VALUE ? bytes.subarray(at) : null;
  return { key, value, headers: Object.fromEntries(headers), timestampMs: bytes.readDoubleLE(2) };
}
