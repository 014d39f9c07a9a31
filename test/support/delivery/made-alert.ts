import { createHash } from 'node:crypto';
import { ALERT, encodeEvent, type Alert } from '#wire';

/** Alert id of a readable name. */
export function alertIdOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

/** A firing patient alert of the stay `s-1`, with what a test says of it. */
export function madeAlert(fields: Partial<Alert> = {}): Alert {
  return {
    ...{ alertId: alertIdOf('a'), stayId: 's-1', site: 'north', ward: 'icu', bed: 'b-7' },
    ...{ rule: 'risk-high', policyVersion: '1', kind: 'patient', severity: 'critical', state: 'firing' },
    ...{ sequence: 2, openedAtMs: 1_767_600_000_000, changedAtMs: 1_767_600_600_000, firedAtMs: 1_767_600_600_000 },
    escalationLevel: 0,
    risk: {
      ...{ median: 0.41, low: 0.302, high: 0.52349, dueAtMs: 1_767_600_540_000 },
      ...{ releaseId: 'icu-36-research-2', releaseStage: 'research' },
    },
    news2: 7,
    summary: 'Risk of death in hospital is over 30 % for 10 minutes.',
    ...fields,
  };
}

/** An alert as the alerter writes it on the log. */
export function alertRecord(alert: Alert) {
  const id = `${alert.alertId}|${alert.sequence}`;
  return encodeEvent(
    { type: ALERT, source: '/vigil/alerter', id, key: alert.stayId, timeMs: alert.changedAtMs },
    alert,
  );
}
