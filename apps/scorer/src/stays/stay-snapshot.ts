import type { Stay } from '#clinical';
import { decodeWindow, encodeWindow, type StayWindow } from '#windows';
import { z } from 'zod';
import { endedHeadSchema, firstVersionSchema, givenUpHeadSchema, liveHeadSchema } from './snapshot-heads.js';
import type { EndedStay, GivenUpStay, StayState } from './stay-state.js';

/** Type attribute of snapshot records. */
export const STAY_SNAPSHOT = 'vigil.stay-snapshot.v1';

/** Header that repeats the snapshot's next offset: of several snapshots of a stay the one that has seen most counts. */
export const NEXT_OFFSET_HEADER = 'vigil_next_offset';

/** Version 2 knows merged, cancelled and reopened stays, and keeps the windows of ended ones; version 1 is still read. */
const FORMAT_VERSION = 2;
const FIRST_VERSION = 1;
const PREFIX_BYTES = 6;

/** A snapshot of a stay that this build cannot read. */
export class StaySnapshotError extends Error {
  override readonly name = 'StaySnapshotError';
}

const headSchema = z.discriminatedUnion('state', [liveHeadSchema, endedHeadSchema, givenUpHeadSchema]);

/** A stay as read from its snapshot. */
export type RestoredStay =
  | { readonly kind: 'live'; readonly state: StayState }
  | { readonly kind: 'ended'; readonly state: EndedStay }
  | { readonly kind: 'given-up'; readonly state: GivenUpStay };

/** Writes a stay: version (u16), length of the head (u32), head (JSON, names in order), window (its canonical bytes); little-endian. */
export function encodeStay(state: StayState): Uint8Array {
  return withHead('live', state);
}

/** Writes a stay that ended, with its window while it is kept. */
export function encodeEndedStay(state: EndedStay): Uint8Array {
  return withHead('ended', state);
}

/** Writes a stay that was given up. */
export function encodeGivenUpStay(state: GivenUpStay): Uint8Array {
  return withHead('given-up', state);
}

/** Reads what one of the three wrote, also under version 1. Throws a {@link StaySnapshotError} that says what is wrong. */
export function decodeStay(snapshot: Uint8Array): RestoredStay {
  const bytes = Buffer.from(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength);
  const version = bytes.length < PREFIX_BYTES ? undefined : bytes.readUInt16LE(0);
  if (version !== FORMAT_VERSION && version !== FIRST_VERSION) throw unreadable(`it has version ${version ?? 'none'}`);
  const headEnd = PREFIX_BYTES + bytes.readUInt32LE(2);
  if (headEnd > bytes.length) throw unreadable('it is cut off');
  const schema = version === FORMAT_VERSION ? headSchema : firstVersionSchema;
  const head = schema.safeParse(parsed(bytes.toString('utf8', PREFIX_BYTES, headEnd)));
  if (!head.success) throw unreadable(`its head is damaged (${head.error.issues[0]!.path.join('.')})`);
  const { state: kind, ...rest } = head.data;
  if (kind === 'given-up') return { kind, state: rest as GivenUpStay };
  const window = bytes.length === headEnd ? undefined : readWindow(bytes.subarray(headEnd));
  if (kind === 'ended') return { kind, state: { ...(rest as EndedStay & { stay: Stay }), ...(window && { window }) } };
  if (!window) throw unreadable('its window cannot be read');
  return { kind, state: { ...(rest as Omit<StayState, 'window'> & { stay: Stay }), window } };
}

function withHead(
  kind: RestoredStay['kind'],
  { window, ...state }: { readonly window?: StayWindow; readonly nextOffset: bigint },
): Uint8Array {
  const facts = Object.entries({ ...state, nextOffset: String(state.nextOffset) }).sort();
  const json = Buffer.from(JSON.stringify({ state: kind, ...Object.fromEntries(facts) }));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt16LE(FORMAT_VERSION, 0);
  prefix.writeUInt32LE(json.length, 2);
  return Buffer.concat([prefix, json, ...(window ? [encodeWindow(window)] : [])]);
}

function readWindow(bytes: Uint8Array): StayWindow {
  try {
    return decodeWindow(bytes);
  } catch (error) {
    throw unreadable('its window cannot be read', error);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function unreadable(problem: string, cause?: unknown): StaySnapshotError {
  return new StaySnapshotError(
    `A stay snapshot cannot be read: ${problem}; this build reads versions ${FIRST_VERSION} and ${FORMAT_VERSION}. Run the build that wrote ` +
      'it, or empty the topic stay-snapshots and reset the group to the start of bedside-events, so that the windows are rebuilt from the log.',
    { cause },
  );
}
