import type { Stay } from '#clinical';
import { decodeWindow, encodeWindow } from '#windows';
import { z } from 'zod';
import { stayAdmittedSchema } from '#wire';
import type { EndedStay, StayState } from './stay-state.js';

/** Type attribute of snapshot records. */
export const STAY_SNAPSHOT = 'vigil.stay-snapshot.v1';

/** Header that repeats the snapshot's next offset: of several snapshots of a stay the one that has seen most counts. */
export const NEXT_OFFSET_HEADER = 'vigil_next_offset';

const FORMAT_VERSION = 1;
const PREFIX_BYTES = 6;

/** A snapshot of a stay that this build cannot read. */
export class StaySnapshotError extends Error {
  override readonly name = 'StaySnapshotError';
}

const positionSchema = z.string().regex(/^\d+$/).transform(BigInt);
const liveSchema = z.strictObject({
  state: z.literal('live'),
  stay: stayAdmittedSchema,
  due: z.strictObject({
    lastDueAtMs: z.number().optional(),
    scorable: z.boolean(),
    laboratoryChangedAtMs: z.number().optional(),
  }),
  nextOffset: positionSchema,
  lastRecordAtMs: z.number(),
});
const endedSchema = z.strictObject({
  state: z.literal('ended'),
  stayId: z.string(),
  endedAtMs: z.number(),
  nextOffset: positionSchema,
  lastRecordAtMs: z.number(),
});
const headSchema = z.discriminatedUnion('state', [liveSchema, endedSchema]);

/** A stay as read from its snapshot. */
export type RestoredStay =
  { readonly ended: false; readonly state: StayState } | { readonly ended: true; readonly state: EndedStay };

/** Writes a stay: version (u16), length of the head (u32), head (JSON), window (its canonical bytes); little-endian. */
export function encodeStay(state: StayState): Uint8Array {
  const { stay, due, nextOffset, lastRecordAtMs } = state;
  const head = { state: 'live', stay, due, nextOffset: String(nextOffset), lastRecordAtMs };
  return withHead(head, encodeWindow(state.window));
}

/** Writes a stay that ended; it has no window. */
export function encodeEndedStay(state: EndedStay): Uint8Array {
  return withHead({ state: 'ended', ...state, nextOffset: String(state.nextOffset) }, new Uint8Array());
}

/** Reads what {@link encodeStay} or {@link encodeEndedStay} wrote. Throws a {@link StaySnapshotError} that says what is wrong. */
export function decodeStay(snapshot: Uint8Array): RestoredStay {
  const bytes = Buffer.from(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength);
  const version = bytes.length < PREFIX_BYTES ? undefined : bytes.readUInt16LE(0);
  if (version !== FORMAT_VERSION) throw unreadable(`it has version ${version ?? 'none'}`);
  const headEnd = PREFIX_BYTES + bytes.readUInt32LE(2);
  if (headEnd > bytes.length) throw unreadable('it is cut off');
  const head = headSchema.safeParse(parsed(bytes.toString('utf8', PREFIX_BYTES, headEnd)));
  if (!head.success) throw unreadable(`its head is damaged (${head.error.issues[0]!.path.join('.')})`);
  const { state: kind, ...rest } = head.data;
  if (kind === 'ended') return { ended: true, state: rest as EndedStay };
  try {
    const window = decodeWindow(bytes.subarray(headEnd));
    return { ended: false, state: { ...(rest as Omit<StayState, 'window'> & { stay: Stay }), window } };
  } catch (error) {
    throw unreadable('its window cannot be read', error);
  }
}

function withHead(head: object, window: Uint8Array): Uint8Array {
  const json = Buffer.from(JSON.stringify(head));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt16LE(FORMAT_VERSION, 0);
  prefix.writeUInt32LE(json.length, 2);
  return Buffer.concat([prefix, json, window]);
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
    `A stay snapshot cannot be read: ${problem}; this build reads version ${FORMAT_VERSION}. Run the build that wrote it, or empty ` +
      'the topic stay-snapshots and reset the group to the start of bedside-events, so that the windows are rebuilt from the log.',
    { cause },
  );
}
