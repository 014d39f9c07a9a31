import type { AlertRecord, StayAlerts } from '#alerting';
import { z } from 'zod';
import { alertSchema } from '#wire';
import { READ_TOPICS, type ReadTopic } from '../alerter-topics.js';
import type { StayEntry } from './stay-entry.js';

/** Type attribute of snapshot records. */
export const ALERTER_SNAPSHOT = 'vigil.alerter-snapshot.v1';

const FORMAT_VERSION = 1;

/** A snapshot that this build cannot read. */
export class AlerterSnapshotError extends Error {
  override readonly name = 'AlerterSnapshotError';
}

const offset = z.string().regex(/^\d+$/).transform(BigInt);
const snapshotSchema = z.strictObject({
  version: z.literal(FORMAT_VERSION),
  revision: z.int().min(0),
  next: z.partialRecord(z.enum(READ_TOPICS), offset),
  outbox: z.array(alertSchema),
  state: z.looseObject({
    stayId: z.string(),
    clockMs: z.number(),
    idsAtDue: z.array(z.string()),
    commandIds: z.array(z.string()),
    rules: z.record(z.string(), z.looseObject({ alert: alertSchema.optional() })),
  }),
});

/** Writes a stay with its outbox, as JSON. */
export function encodeSnapshot({ state, next, revision, outbox }: StayEntry): Uint8Array {
  const offsets = Object.fromEntries(Object.entries(next).map(([topic, value]) => [topic, String(value)]));
  return Buffer.from(JSON.stringify({ version: FORMAT_VERSION, revision, next: offsets, outbox, state }));
}

/** Reads what {@link encodeSnapshot} wrote. Throws an {@link AlerterSnapshotError} that says what is wrong. */
export function decodeSnapshot(value: Uint8Array): StayEntry {
  const result = snapshotSchema.safeParse(parsed(value));
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    throw new AlerterSnapshotError(
      `A snapshot of the alerter cannot be read: ${path.join('.') || 'value'}: ${message}; this build reads version ${FORMAT_VERSION}. ` +
        'Run the build that wrote it, or empty the topic alerter-snapshots: open alerts are then raised anew by the next scores.',
    );
  }
  const { state, next, revision, outbox } = result.data;
  return {
    ...{ state: state as unknown as StayAlerts, next: next as Partial<Record<ReadTopic, bigint>>, revision },
    ...{ outbox: outbox as AlertRecord[], dueMs: -Infinity, quietBarriers: 0 },
  };
}

function parsed(value: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}
