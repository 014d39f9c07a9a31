import type { Alert } from '#wire';

interface Held {
  readonly alert: Alert;
  readonly partition: number;
}

/** Alerts held at most; beyond, the ones that changed longest ago are no longer repeated. */
const MAX_OPEN = 10_000;

/** The alerts that are not over, for a sink whose receiver forgets what is not repeated. */
export class OpenAlerts {
  private readonly open = new Map<string, Held>();

  /** Takes a state, unless a newer one is held. One that is over, or that the sink is not concerned with any more, ends what is held. */
  take(alert: Alert, partition: number, isConcerned: boolean): void {
    const held = this.open.get(alert.alertId);
    if (held !== undefined && held.alert.sequence > alert.sequence) return;
    this.open.delete(alert.alertId);
    if (alert.state === 'resolved' || !isConcerned) return;
    this.open.set(alert.alertId, { alert, partition });
    if (this.open.size > MAX_OPEN) this.open.delete(this.open.keys().next().value!);
  }

  /** Forgets what belongs to partitions that are no longer ours. */
  forget(partitions: ReadonlySet<number>): void {
    for (const [alertId, { partition }] of this.open) if (partitions.has(partition)) this.open.delete(alertId);
  }

  list(): Alert[] {
    return [...this.open.values()].map(({ alert }) => alert);
  }
}
