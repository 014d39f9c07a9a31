import { DAY_MS } from '#clinical';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { Standing } from '../stays/stay-state.js';
import { without } from './without.js';

/** Log time after which a stay without a record is forgotten, or, when it has ended, its window. */
export const SILENT_AFTER_MS = 2 * DAY_MS;

/** Log time for which it is known that a stay was, so that an outcome that becomes known late finds it. */
export const REMEMBERED_FOR_MS = 90 * DAY_MS;

/** Barriers that such a stay must also have passed untouched: a recording of last month that is being replayed is not silent. */
export const QUIET_BARRIERS = 10;

/**
 * Forgets stays that have had no record for two days of log time and were left alone for ten barriers. Of those that ended only the window
 * is dropped then; they, and stays that were given up, are forgotten after ninety days. Returns how many stays or windows.
 */
export function forgetSilentStays(stays: PartitionStays): number {
  let forgotten = 0;
  for (const stayId of silent(stays, stays.ended, SILENT_AFTER_MS)) {
    const departed = without(stays.ended.get(stayId)!, 'window');
    stays.ended.delete(stayId);
    stays.departed.set(stayId, departed);
    stays.touched.add(stayId);
    forgotten++;
  }
  for (const [group, afterMs] of [
    [stays.live, SILENT_AFTER_MS],
    [stays.departed, REMEMBERED_FOR_MS],
    [stays.givenUp, REMEMBERED_FOR_MS],
  ] as const) {
    for (const stayId of silent(stays, group, afterMs)) {
      group.delete(stayId);
      stays.forgotten.add(stayId);
      forgotten++;
    }
  }
  return forgotten;
}

function* silent(stays: PartitionStays, group: ReadonlyMap<string, Standing>, afterMs: number): Iterable<string> {
  const oldest = stays.logTimeMs - afterMs;
  for (const [stayId, { lastRecordAtMs }] of group) {
    if (lastRecordAtMs >= oldest || stays.touched.has(stayId) || stays.outcomes.has(stayId)) {
      stays.quietBarriers.delete(stayId);
      continue;
    }
    const quiet = (stays.quietBarriers.get(stayId) ?? 0) + 1;
    stays.quietBarriers.set(stayId, quiet);
    if (quiet < QUIET_BARRIERS) continue;
    stays.quietBarriers.delete(stayId);
    yield stayId;
  }
}
