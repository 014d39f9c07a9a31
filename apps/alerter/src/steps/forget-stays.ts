import { DAY_MS } from '#clinical';
import type { PartitionAlerts } from '../stays/partition-alerts.js';
import type { StayEntry } from '../stays/stay-entry.js';

/** Time after which a stay that is over, or of which nothing is heard and no alert stands, is forgotten. */
export const FORGET_AFTER_MS = 2 * DAY_MS;

/** Barriers that such a stay must also have passed untouched: a recording of last month that is being replayed is not over. */
export const QUIET_BARRIERS = 10;

/** Forgets stays that nobody will ask for again. One with an open alert is kept, however silent it is. Returns how many. */
export function forgetStays(alerts: PartitionAlerts): number {
  let forgotten = 0;
  for (const [stayId, entry] of alerts.stays) {
    if (alerts.touched.has(stayId) || !isOver(entry, alerts.scoreTimeMs)) continue;
    if (++entry.quietBarriers < QUIET_BARRIERS) continue;
    alerts.stays.delete(stayId);
    alerts.forgotten.add(stayId);
    forgotten++;
  }
  return forgotten;
}

function isOver({ state, outbox }: StayEntry, nowMs: number): boolean {
  if (outbox.length > 0 || Object.values(state.rules).some(({ alert }) => alert)) return false;
  return (state.endedAtMs ?? state.heardAtMs ?? state.clockMs) < nowMs - FORGET_AFTER_MS;
}
