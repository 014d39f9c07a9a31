import { MINUTE_MS } from '#clinical';
import type { Alert, LiveAlertsState } from '#wire';
import { BoundedSet } from '../ward/bounded-set.js';

/** Bounds of an {@link AlertBoard}. */
export interface AlertBoardOptions {
  /** Alerts held. Beyond, the ones that were resolved first give way, then the warnings, then whatever changed longest ago. @default 1_000 */
  readonly maxAlerts?: number;
  /** How long a resolved alert is still shown, on the log's clock, milliseconds. @default 1_800_000 */
  readonly keepResolvedMs?: number;
}

/** Ids of alerts left out that are remembered. */
const MAX_LEFT_OUT = 10_000;

/** What became of a transition on the board. */
export type BoardOutcome = 'shown' | 'not-newer' | 'pending' | 'left-out';

interface Held {
  readonly alert: Alert;
  /** Made once for all clients. */
  readonly json: string;
}

/** The alerts as they are shown: each with its newest state. Pure but for its own state: time is given. */
export class AlertBoard {
  private readonly held = new Map<string, Held>();
  private readonly listeners = new Set<(alertId: string | undefined) => void>();
  private readonly maxAlerts: number;
  private readonly keepResolvedMs: number;
  private howFar: LiveAlertsState = 'unavailable';
  /** Open alerts that had to give way, until they are over or shown again. */
  private readonly leftOut = new BoundedSet<string>(MAX_LEFT_OUT);

  constructor(options: AlertBoardOptions = {}) {
    this.maxAlerts = options.maxAlerts ?? 1_000;
    this.keepResolvedMs = options.keepResolvedMs ?? 30 * MINUTE_MS;
  }

  get state(): LiveAlertsState {
    return this.howFar;
  }

  /** Whether open alerts are left out. */
  get truncated(): boolean {
    return this.leftOut.size > 0;
  }

  get size(): number {
    return this.held.size;
  }

  /** Calls `listener` after every change, with the alert's id, or without when the board itself has come to another state. */
  onChange(listener: (alertId: string | undefined) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The log of alerts exists and is being read, or has been read to its end. */
  come(state: LiveAlertsState): void {
    this.howFar = state;
    this.tell(undefined);
  }

  alert(alertId: string): Alert | undefined {
    return this.held.get(alertId)?.alert;
  }

  /** The alert's JSON, for frames. */
  json(alertId: string): string | undefined {
    return this.held.get(alertId)?.json;
  }

  /** What is shown: firing before acknowledged before snoozed before resolved, critical before warning, the newest change first. */
  list(): Alert[] {
    return [...this.held.values()].map(({ alert }) => alert).sort(byUrgency);
  }

  take(alert: Alert): BoardOutcome {
    const held = this.held.get(alert.alertId);
    if (held !== undefined && held.alert.sequence >= alert.sequence) return 'not-newer';
    if (alert.firedAtMs === undefined) return 'pending';
    this.leftOut.delete(alert.alertId);
    this.held.set(alert.alertId, { alert, json: JSON.stringify(alert) });
    if (this.held.size > this.maxAlerts) this.makeRoom();
    this.tell(alert.alertId);
    return this.held.has(alert.alertId) ? 'shown' : 'left-out';
  }

  /** Takes alerts off that were resolved a while ago. */
  sweep(clockMs: number): void {
    for (const { alert } of this.held.values()) {
      if (alert.state === 'resolved' && clockMs - alert.changedAtMs >= this.keepResolvedMs) this.remove(alert.alertId);
    }
  }

  private makeRoom(): void {
    const last = this.list().at(-1)!;
    if (last.state !== 'resolved') this.leftOut.add(last.alertId);
    this.remove(last.alertId);
  }

  private remove(alertId: string): void {
    this.held.delete(alertId);
    this.tell(alertId);
  }

  private tell(alertId: string | undefined): void {
    for (const listener of this.listeners) listener(alertId);
  }
}

const STATE_ORDER: readonly Alert['state'][] = ['firing', 'acknowledged', 'snoozed', 'pending', 'resolved'];

function byUrgency(a: Alert, b: Alert): number {
  return (
    STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state) ||
    Number(b.severity === 'critical') - Number(a.severity === 'critical') ||
    b.changedAtMs - a.changedAtMs ||
    (a.alertId < b.alertId ? -1 : 1)
  );
}
