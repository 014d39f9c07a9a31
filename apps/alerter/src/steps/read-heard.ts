import type { AlertInput } from '#alerting';
import type { LogRecord } from '#stream';
import type { ReadRecord } from './read-record.js';

const EFFECTIVE = Buffer.from('"effectiveAtMs":');
const DIGITS_END = new Set([...',}'].map((character) => character.charCodeAt(0)));

/**
 * Takes from an observation only that it came, and of when: most records are observations, and their values are the scorer's concern.
 * The time is looked up in the bytes; an observation without one counts as of now.
 */
export function readHeard({ value }: LogRecord, atMs: number): Extract<ReadRecord, { kind: 'input' }> {
  const input: AlertInput = { kind: 'heard', atMs, effectiveAtMs: effectiveAtMs(value) ?? atMs };
  return { kind: 'input', input };
}

function effectiveAtMs(value: Uint8Array | null): number | undefined {
  if (value === null) return undefined;
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const at = bytes.indexOf(EFFECTIVE);
  if (at === -1) return undefined;
  const from = at + EFFECTIVE.length;
  let to = from;
  while (to < bytes.length && !DIGITS_END.has(bytes[to]!)) to++;
  const time = Number(bytes.toString('latin1', from, to));
  return Number.isSafeInteger(time) ? time : undefined;
}
