import type { Subscription } from '#stream';

/** Why a partition is held: the queue is full, the barrier is at work, or the scorer stops. */
export type HoldReason = 'overload' | 'barrier' | 'stop';

/** Pauses a partition while there is any reason to, so that two reasons do not undo each other. */
export class PartitionGate {
  private readonly reasons = new Map<number, Set<HoldReason>>();

  constructor(
    private readonly topic: string,
    private readonly subscription: () => Subscription | undefined,
  ) {}

  hold(partition: number, reason: HoldReason): void {
    const reasons = this.reasons.get(partition) ?? new Set();
    this.reasons.set(partition, reasons);
    if (reasons.size === 0) this.subscription()?.pause([{ topic: this.topic, partition }]);
    reasons.add(reason);
  }

  release(partition: number, reason: HoldReason): void {
    const reasons = this.reasons.get(partition);
    if (!reasons?.delete(reason) || reasons.size > 0) return;
    this.subscription()?.resume([{ topic: this.topic, partition }]);
  }

  /** Partitions held for a reason. */
  heldFor(reason: HoldReason): number[] {
    return [...this.reasons].filter(([, reasons]) => reasons.has(reason)).map(([partition]) => partition);
  }

  /** Forgets a partition that was revoked. */
  forget(partition: number): void {
    this.reasons.delete(partition);
  }
}
