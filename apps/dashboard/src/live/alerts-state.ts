import type { Alert, LiveAlerts, LiveAlertsState } from '#wire';

/** What the page knows of alerts. A value is replaced, never changed in place. */
export interface AlertsState {
  /** How far the list can be relied on; undefined before the first frame. */
  readonly state: LiveAlertsState | undefined;
  /** More alerts are open than the gateway shows. */
  readonly truncated: boolean;
  /** By their ids. */
  readonly alerts: ReadonlyMap<string, Alert>;
}

/** What the page knows before the first frame. */
export const NO_ALERTS_YET: AlertsState = { state: undefined, truncated: false, alerts: new Map() };

/** The state after a frame: a complete one replaces all, another one is merged; an alert with a lower sequence than the one held is older and is ignored. */
export function applyAlerts(held: AlertsState, frame: LiveAlerts): AlertsState {
  const alerts = new Map(frame.complete ? [] : held.alerts);
  for (const alert of frame.alerts) {
    const known = alerts.get(alert.alertId);
    if (known === undefined || known.sequence <= alert.sequence) alerts.set(alert.alertId, alert);
  }
  for (const alertId of frame.removed) alerts.delete(alertId);
  return { state: frame.state, truncated: frame.truncated, alerts };
}
