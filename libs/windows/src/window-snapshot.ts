import { createHash } from 'node:crypto';
import { SLOT_COUNT, SLOT_LAYOUT, WINDOW_HOURS, type SignalSlots } from './slot-layout.js';
import type { SlotEntry } from './slot-table.js';
import { StayWindow } from './stay-window.js';

const FORMAT_VERSION = 1;
const HEADER_BYTES = 24;
const ENTRY_BYTES = 8;
const BITS_SET = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);
const NEVER = Number.NEGATIVE_INFINITY;

/** Most bytes that {@link encodeWindow} can write: 22,680 with the catalogue of 36 signals. */
export const MAX_SNAPSHOT_BYTES =
  HEADER_BYTES + SLOT_LAYOUT.length + Math.ceil(SLOT_COUNT / 8) + SLOT_COUNT * ENTRY_BYTES;

/** A snapshot that cannot be read: another version, another catalogue, or damaged. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/**
 * Writes a window as its canonical bytes, little-endian: version and number of signals (u16 each), end hour (i32), admission and
 * event time (f64 each), slots per hour of each signal (u8 each), one bit a slot from the oldest hour on, signal by signal (1
 * occupied), and for each occupied slot its value (f32), offset << 4 | source + 1 (u16) and delay (u16).
 */
export function encodeWindow(window: StayWindow): Uint8Array {
  const bytes = Buffer.alloc(MAX_SNAPSHOT_BYTES);
  const bitsAt = writeHeader(bytes, window);
  let at = bitsAt + Math.ceil(SLOT_COUNT / 8);
  for (const slots of SLOT_LAYOUT) {
    window.forEachSlot(slots.signal, (hour, slotInHour, entry) => {
      const bit = slots.first + (hour - window.oldestHour) * slots.perHour + slotInHour;
      bytes[bitsAt + (bit >>> 3)]! |= 1 << (bit & 7);
      at = writeEntry(bytes, at, entry);
    });
  }
  return bytes.subarray(0, at);
}

/** Reads what {@link encodeWindow} wrote. Throws a {@link SnapshotError} that says what is wrong. */
export function decodeWindow(snapshot: Uint8Array): StayWindow {
  const bytes = Buffer.from(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength);
  if (bytes.length < HEADER_BYTES)
    throw new SnapshotError(`a window snapshot has at least ${HEADER_BYTES} bytes; got ${bytes.length}`);
  const version = bytes.readUInt16LE(0);
  if (version !== FORMAT_VERSION) {
    throw new SnapshotError(`window snapshot of version ${version}; this build reads version ${FORMAT_VERSION}`);
  }
  const layout = readLayout(bytes);
  checkLength(bytes, layout);
  const window = new StayWindow(bytes.readDoubleLE(8));
  const eventTimeMs = bytes.readDoubleLE(16);
  window.restoreExtent(bytes.readInt32LE(4), eventTimeMs === NEVER ? undefined : eventTimeMs);
  restoreSlots(bytes, window, layout);
  return window;
}

/** SHA-256 of a window's canonical bytes, hex. Equal windows have equal digests, however they came about. */
export function windowDigest(window: StayWindow): string {
  return createHash('sha256').update(encodeWindow(window)).digest('hex');
}

function writeHeader(bytes: Buffer, window: StayWindow): number {
  bytes.writeUInt16LE(FORMAT_VERSION, 0);
  bytes.writeUInt16LE(SLOT_LAYOUT.length, 2);
  bytes.writeInt32LE(window.endHour, 4);
  bytes.writeDoubleLE(window.admittedAtMs, 8);
  bytes.writeDoubleLE(window.eventTimeMs ?? NEVER, 16);
  SLOT_LAYOUT.forEach((slots, index) => bytes.writeUInt8(slots.perHour, HEADER_BYTES + index));
  return HEADER_BYTES + SLOT_LAYOUT.length;
}

function writeEntry(bytes: Buffer, at: number, entry: SlotEntry): number {
  bytes.writeFloatLE(entry.value, at);
  bytes.writeUInt16LE((entry.offsetS << 4) | (entry.source + 1), at + 4);
  bytes.writeUInt16LE(entry.delay, at + 6);
  return at + ENTRY_BYTES;
}

/** The signals that the snapshot holds: a prefix of the catalogue, with the slot widths of today. */
function readLayout(bytes: Buffer): readonly SignalSlots[] {
  const signals = bytes.readUInt16LE(2);
  const layout = SLOT_LAYOUT.slice(0, signals);
  const first = entriesAt(layout);
  if (bytes.length < first)
    throw new SnapshotError(`this window snapshot needs at least ${first} bytes; got ${bytes.length}`);
  const known =
    signals <= SLOT_LAYOUT.length &&
    layout.every((slots, index) => bytes.readUInt8(HEADER_BYTES + index) === slots.perHour);
  if (!known)
    throw new SnapshotError('the window snapshot was written with another signal catalogue; replay the stay instead');
  return layout;
}

function entriesAt(layout: readonly SignalSlots[]): number {
  return HEADER_BYTES + layout.length + Math.ceil(layout.reduce((sum, slots) => sum + slots.count, 0) / 8);
}

function checkLength(bytes: Buffer, layout: readonly SignalSlots[]): void {
  const first = entriesAt(layout);
  let occupied = 0;
  for (const byte of bytes.subarray(HEADER_BYTES + layout.length, first)) occupied += BITS_SET[byte]!;
  const expected = first + occupied * ENTRY_BYTES;
  if (bytes.length === expected) return;
  throw new SnapshotError(`this window snapshot needs ${expected} bytes; got ${bytes.length}`);
}

function restoreSlots(bytes: Buffer, window: StayWindow, layout: readonly SignalSlots[]): void {
  const bitsAt = HEADER_BYTES + layout.length;
  let at = entriesAt(layout);
  for (const slots of layout) {
    for (let index = 0; index < WINDOW_HOURS * slots.perHour; index++) {
      const bit = slots.first + index;
      if ((bytes.readUInt8(bitsAt + (bit >>> 3)) & (1 << (bit & 7))) === 0) continue;
      const stamp = bytes.readUInt16LE(at + 4);
      const entry = {
        value: bytes.readFloatLE(at),
        offsetS: stamp >>> 4,
        source: (stamp & 15) - 1,
        delay: bytes.readUInt16LE(at + 6),
      };
      window.restoreSlot(slots, window.oldestHour + Math.floor(index / slots.perHour), index % slots.perHour, entry);
      at += ENTRY_BYTES;
    }
  }
}
