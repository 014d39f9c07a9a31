import type { EventLog } from '#stream';
import type { PartitionAlerts } from '../stays/partition-alerts.js';
import { publishAlerts } from '../steps/publish-alerts.js';
import { snapshotRecord, writeSnapshots } from '../steps/write-snapshots.js';

/**
 * Makes what was decided last: the stays with their transitions are written down → the transitions are published.
 *
 * In this order, for decisions depend on how three topics and the clock interleave, which reading again does not repeat. Once a stay is
 * written down, its decisions stand; whatever was not published then is published after a restart, with the same bytes. Returns how many
 * snapshots were written.
 *
 * @param isHeld whether the partition is still ours; nothing more is written once it is not
 */
export async function settleAlerts(log: EventLog, alerts: PartitionAlerts, isHeld: () => boolean): Promise<number> {
  const entries = [...alerts.unpublished];
  if (entries.length === 0 || !isHeld()) return 0;
  await writeSnapshots(
    log,
    entries.map((entry) => snapshotRecord(entry, entry.state.clockMs)),
  );
  if (!isHeld()) return entries.length;
  await publishAlerts(
    log,
    entries.flatMap(({ outbox }) => outbox),
  );
  for (const entry of entries) {
    entry.outbox = [];
    alerts.unpublished.delete(entry);
    alerts.touched.add(entry.state.stayId);
  }
  return entries.length;
}
