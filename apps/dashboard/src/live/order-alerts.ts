import type { Alert } from '#wire';

const STATES: readonly Alert['state'][] = ['firing', 'acknowledged', 'snoozed', 'pending', 'resolved'];

/** Alerts of a kind, the most urgent first: what fires before what somebody has seen, critical before warning, then the one that has waited longest; what is over last, newest first. */
export function orderAlerts(alerts: Iterable<Alert>, kind: Alert['kind']): Alert[] {
  return [...alerts].filter((alert) => alert.kind === kind).sort(byUrgency);
}

function byUrgency(a: Alert, b: Alert): number {
  const age = a.state === 'resolved' ? b.changedAtMs - a.changedAtMs : sinceOf(a) - sinceOf(b);
  return (
    STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
    Number(b.severity === 'critical') - Number(a.severity === 'critical') ||
    age ||
    (a.alertId < b.alertId ? -1 : 1)
  );
}

function sinceOf({ firedAtMs, openedAtMs }: Alert): number {
  return firedAtMs ?? openedAtMs;
}
