import type { AlertRecord } from '#alerting';
import type { EventLog, OutgoingRecord } from '#stream';
import { ALERT, alertSchema, encodeEvent, TOPICS, type Alert } from '#wire';

/** Source attribute of what the alerter writes. */
export const ALERTER_SOURCE = '/vigil/alerter';

/** Appends transitions in their order; resolves when they are durable. One that is sent again has the same id and bytes. */
export async function publishAlerts(log: EventLog, transitions: readonly AlertRecord[]): Promise<void> {
  if (transitions.length > 0) await log.append(TOPICS.alerts, transitions.map(alertEvent));
}

/** Through the schema, so that the fields stand in its order whichever way the alert came, and nobody is sent what he would refuse. */
function alertEvent(alert: Alert): OutgoingRecord {
  const { alertId, sequence, stayId, changedAtMs } = alert;
  const attributes = { type: ALERT, source: ALERTER_SOURCE, id: `${alertId}|${sequence}`, key: stayId };
  return encodeEvent({ ...attributes, timeMs: changedAtMs }, alertSchema.parse(alert));
}
