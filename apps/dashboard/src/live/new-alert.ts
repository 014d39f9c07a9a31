import type { Alert } from '#wire';
import type { AlertsState } from './alerts-state.js';

/** The most urgent alert that fires now and did not before, fires again because it has got worse, or fires at a higher level of escalation: what a screen reader says. */
export function newlyFiring(before: AlertsState, after: AlertsState): Alert | undefined {
  let found: Alert | undefined;
  for (const alert of after.alerts.values()) {
    if (alert.state !== 'firing') continue;
    const held = before.alerts.get(alert.alertId);
    const known =
      held?.state === 'firing' && held.firedAtMs === alert.firedAtMs && held.escalationLevel >= alert.escalationLevel;
    if (!known && (found === undefined || (alert.severity === 'critical' && found.severity !== 'critical')))
      found = alert;
  }
  return found;
}
