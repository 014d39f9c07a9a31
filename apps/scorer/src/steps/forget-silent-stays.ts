import { DAY_MS } from '#clinical';
import type { PartitionStays } from '../stays/partition-stays.js';

/** Log time after which a stay without a record is forgotten. */
export const SILENT_AFTER_MS = 2 * DAY_MS;

/** Barriers that such a stay must also have passed untouched: a recording of last month that is being replayed is not silent. */
export const QUIET_BARRIERS = 10;

/**
 * Forgets stays, ended ones too, that have had no record for two days of log time and were left alone for ten barriers. Returns
 * how many.
 */
export function forgetSilentStays(stays: PartitionStays): number {
  const oldest = stays.logTimeMs - SILENT_AFTER_MS;
  let forgotten = 0;
  for (const group of [stays.live, stays.ended]) {
    for (const [stayId, { lastRecordAtMs }] of group) {
      if (lastRecordAtMs >= oldest || stays.touched.has(stayId)) {
        stays.quietBarriers.delete(stayId);
        continue;
      }
      const quiet = (stays.quietBarriers.get(stayId) ?? 0) + 1;
      stays.quietBarriers.set(stayId, quiet);
      if (quiet < QUIET_BARRIERS) continue;
      group.delete(stayId);
      stays.quietBarriers.delete(stayId);
      stays.forgotten.add(stayId);
      forgotten++;
    }
  }
  return forgotten;
}
