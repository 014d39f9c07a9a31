import type { CommitPosition, Subscription } from '#stream';
import { READ_TOPICS } from '../alerter-topics.js';
import type { PartitionAlerts } from '../stays/partition-alerts.js';

/**
 * Makes the positions durable up to which everything is decided, published and saved. A commit that fails because the partition was lost
 * meanwhile is no failure: the new owner reads again what was not committed.
 */
export async function commitOffsets(subscription: Subscription, alerts: PartitionAlerts): Promise<void> {
  const { partition } = alerts;
  const positions = READ_TOPICS.flatMap((topic): (CommitPosition & { topic: typeof topic })[] => {
    const nextOffset = alerts.committable(topic);
    return nextOffset === undefined || alerts.committed.get(topic) === nextOffset
      ? []
      : [{ topic, partition, nextOffset }];
  });
  if (positions.length === 0) return;
  try {
    await subscription.commit(positions);
    for (const { topic, nextOffset } of positions) alerts.committed.set(topic, nextOffset);
  } catch (error) {
    const isOurs = subscription.assigned().some((assigned) => assigned.partition === partition);
    if (isOurs && !alerts.revoked) throw error;
  }
}
