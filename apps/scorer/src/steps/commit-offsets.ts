import type { Subscription } from '#stream';
import { TOPICS } from '#wire';
import type { PartitionStays } from '../stays/partition-stays.js';

/**
 * Makes the position durable up to which everything is published and saved. A commit that fails because the partition was lost
 * meanwhile is no failure: the new owner reads again what was not committed.
 */
export async function commitOffsets(
  subscription: Subscription,
  stays: PartitionStays,
  nextOffset: bigint,
): Promise<void> {
  const { partition } = stays;
  try {
    await subscription.commit([{ topic: TOPICS.bedsideEvents, partition, nextOffset }]);
    stays.committed = nextOffset;
  } catch (error) {
    const isOurs = subscription.assigned().some((assigned) => assigned.partition === partition);
    if (isOurs && !stays.revoked) throw error;
  }
}
