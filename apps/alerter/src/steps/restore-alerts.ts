import type { EventLog } from '#stream';
import { TOPICS } from '#wire';
import { decodeSnapshot } from '../stays/alerter-snapshot.js';
import { PartitionAlerts } from '../stays/partition-alerts.js';

/**
 * Loads the stays of partitions from their compacted snapshots. Throws when one cannot be read. What was decided before a crash and
 * perhaps not published stands in the outboxes of the stays.
 */
export async function restoreAlerts(
  log: EventLog,
  partitions: readonly number[],
  nowMs: number,
): Promise<PartitionAlerts[]> {
  const restored = new Map(partitions.map((partition) => [partition, new PartitionAlerts(partition, nowMs)]));
  for await (const { key, value, partition } of log.readToEnd(TOPICS.alerterSnapshots, partitions)) {
    const { stays } = restored.get(partition)!;
    const entry = value === null ? undefined : decodeSnapshot(value);
    if (!entry) stays.delete(key);
    else if (entry.revision >= (stays.get(key)?.revision ?? 0)) stays.set(key, entry);
  }
  for (const alerts of restored.values()) {
    for (const entry of alerts.stays.values()) if (entry.outbox.length > 0) alerts.unpublished.add(entry);
  }
  return [...restored.values()];
}
