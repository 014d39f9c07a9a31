import type { AlertBoard } from './alert-board.js';

/**
 * What one client has still to be told of the alerts. A change is remembered as the alert's id, so a client that does not read costs an id an alert and gets the newest
 * state of each when it reads again.
 */
export class AlertWatch {
  private watching = false;
  private whole = false;
  private readonly changed = new Set<string>();

  constructor(private readonly board: AlertBoard | undefined) {}

  /** Tells everything with the next frame, and then what changes. */
  start(): void {
    this.watching = true;
    this.whole = true;
  }

  stop(): void {
    this.watching = false;
    this.whole = false;
    this.changed.clear();
  }

  /** Remembers a change. @returns whether there is something to send */
  note(alertId: string | undefined): boolean {
    if (!this.watching) return false;
    if (alertId === undefined) this.whole = true;
    else this.changed.add(alertId);
    return true;
  }

  /** Whether {@link takeFrame} has something to say. */
  get isWaiting(): boolean {
    return this.whole || this.changed.size > 0;
  }

  /** The frame to send now; what it says counts as told. Texts of alerts are made once for all clients. */
  takeFrame(clockMs: number | undefined): string {
    const { board, whole } = this;
    const ids = whole ? (board?.list() ?? []).map(({ alertId }) => alertId) : [...this.changed];
    const alerts = ids.map((alertId) => board?.json(alertId)).filter((json) => json !== undefined);
    const removed = whole ? [] : ids.filter((alertId) => board?.json(alertId) === undefined);
    this.whole = false;
    this.changed.clear();
    const head = JSON.stringify({
      ...{ type: 'alerts', complete: whole, state: board?.state ?? 'unavailable' },
      ...{ truncated: board?.truncated ?? false, removed },
      ...(clockMs === undefined ? {} : { clockMs }),
    });
    return `${head.slice(0, -1)},"alerts":[${alerts.join(',')}]}`;
  }
}
