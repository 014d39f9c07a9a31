import type { EventLog, OutgoingRecord } from '#stream';
import { TOPICS } from '#wire';
import { ALERTER_SNAPSHOT, encodeSnapshot } from '../stays/alerter-snapshot.js';
import type { StayEntry } from '../stays/stay-entry.js';
import { ALERTER_SOURCE } from './publish-alerts.js';

/** A stay's snapshot as it stands now; a few KiB. */
export function snapshotRecord(entry: StayEntry, timestampMs: number): OutgoingRecord {
  return record(entry.state.stayId, encodeSnapshot(entry), entry.revision, timestampMs);
}

/** What deletes a stay's snapshot. */
export function tombstone(stayId: string, timestampMs: number): OutgoingRecord {
  return record(stayId, null, 0, timestampMs);
}

/** Appends snapshots; resolves when they are durable. */
export async function writeSnapshots(log: EventLog, records: readonly OutgoingRecord[]): Promise<void> {
  if (records.length > 0) await log.append(TOPICS.alerterSnapshots, records);
}

function record(key: string, value: Uint8Array | null, revision: number, timestampMs: number): OutgoingRecord {
  const headers = {
    ce_specversion: '1.0',
    ce_type: ALERTER_SNAPSHOT,
    ce_source: ALERTER_SOURCE,
    ce_id: `${key}|${revision}`,
    'content-type': 'application/json',
  };
  return { key, value, timestampMs, headers };
}
