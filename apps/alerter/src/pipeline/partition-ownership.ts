import type { Subscription } from '#stream';
import type { PartitionAlerts } from '../stays/partition-alerts.js';

/** Whether partitions are still ours; asked before anything is written for them. */
export class PartitionOwnership {
  subscription: Subscription | undefined;
  private checkedEpoch: number | undefined;

  constructor(private readonly partitions: () => Iterable<PartitionAlerts>) {}

  /** Compares the assignment epoch, and asks for the assignment itself only when it has changed. */
  isHeld(alerts: PartitionAlerts): boolean {
    if (alerts.revoked) return false;
    const epoch = this.subscription?.assignmentEpoch();
    if (epoch === this.checkedEpoch) return true;
    const assigned = new Set(this.subscription?.assigned().map(({ partition }) => partition));
    for (const other of this.partitions()) if (!assigned.has(other.partition)) other.revoked = true;
    this.checkedEpoch = epoch;
    return !alerts.revoked;
  }
}
