import type { EventLog, OutgoingRecord } from '#stream';
import { TOPICS } from '#wire';
import type { PartitionStays } from '../stays/partition-stays.js';
import {
  encodeEndedStay,
  encodeGivenUpStay,
  encodeStay,
  NEXT_OFFSET_HEADER,
  STAY_SNAPSHOT,
} from '../stays/stay-snapshot.js';
import type { Standing } from '../stays/stay-state.js';
import { SCORER_SOURCE } from './publish-scores.js';

const RECORDS_PER_APPEND = 256;

/**
 * The snapshots of the touched stays and the tombstones of the forgotten ones, encoded as they stand now; the partition counts as
 * saved. At most 22 KiB a stay.
 */
export function takeSnapshots(stays: PartitionStays): OutgoingRecord[] {
  const records = [...stays.touched].flatMap((stayId) => snapshotRecord(stays, stayId));
  const nextOffset = stays.nextOffset ?? 0n;
  for (const stayId of stays.forgotten) {
    records.push(record(stayId, null, { nextOffset, lastRecordAtMs: stays.logTimeMs }));
  }
  stays.touched.clear();
  stays.forgotten.clear();
  return records;
}

/** Appends snapshots; resolves when they are durable, or when the partition is no longer ours. */
export async function writeSnapshots(
  log: EventLog,
  records: readonly OutgoingRecord[],
  isHeld: () => boolean,
): Promise<void> {
  for (let from = 0; from < records.length && isHeld(); from += RECORDS_PER_APPEND) {
    await log.append(TOPICS.staySnapshots, records.slice(from, from + RECORDS_PER_APPEND));
  }
}

function snapshotRecord(stays: PartitionStays, stayId: string): OutgoingRecord[] {
  const live = stays.live.get(stayId);
  if (live) return [record(stayId, encodeStay(live), live)];
  const past = stays.past(stayId);
  if (past) return [record(stayId, encodeEndedStay(past), past)];
  const givenUp = stays.givenUp.get(stayId);
  return givenUp ? [record(stayId, encodeGivenUpStay(givenUp), givenUp)] : [];
}

function record(key: string, value: Uint8Array | null, standing: Standing): OutgoingRecord {
  const { nextOffset, lastRecordAtMs: timestampMs } = standing;
  const headers = {
    ce_specversion: '1.0',
    ce_type: STAY_SNAPSHOT,
    ce_source: SCORER_SOURCE,
    ce_id: `${key}|${nextOffset}`,
    [NEXT_OFFSET_HEADER]: String(nextOffset),
    'content-type': 'application/octet-stream',
  };
  return { key, value, timestampMs, headers };
}
