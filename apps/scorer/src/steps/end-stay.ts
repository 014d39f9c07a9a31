import type { LogRecord } from '#stream';
import type { StayEnded } from '#wire';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { StayState } from '../stays/stay-state.js';

/** Drops the window of a stay that ended and remembers that it did. The outcome of the stay is not looked at. */
export function endStay(stays: PartitionStays, state: StayState, ended: StayEnded, record: LogRecord): void {
  stays.live.delete(ended.stayId);
  stays.settling.delete(state);
  stays.ended.set(ended.stayId, {
    stayId: ended.stayId,
    endedAtMs: ended.endedAtMs,
    nextOffset: record.offset + 1n,
    lastRecordAtMs: record.timestampMs,
  });
}
