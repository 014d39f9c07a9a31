import { MINUTE_MS } from '#clinical';
import type { EventLog } from '#stream';
import {
  ALERT_COMMAND,
  encodeEvent,
  TOPICS,
  type Alert,
  type AlertCommand,
  type AlertOrder,
  type AlertOrderResponse,
} from '#wire';

/** What {@link AlertOrders} work with. */
export interface AlertOrdersParts {
  readonly log: EventLog;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** A new command's id. */
  readonly newId: () => string;
}

/** State in which an alert is as an action asks. A snooze can always be given another end. */
const DONE: Readonly<Partial<Record<AlertCommand['action'], Alert['state']>>> = {
  acknowledge: 'acknowledged',
  resolve: 'resolved',
};

/** Puts what people ask of alerts on `alert-commands`. The alerter carries it out; every gateway hears of it from `alerts`. */
export class AlertOrders {
  constructor(private readonly parts: AlertOrdersParts) {}

  /**
   * Writes the command unless the alert is as asked already. Resolves when it is durable on the log.
   *
   * @throws EventLogError when the log does not take it
   */
  async order(
    alert: Alert,
    action: AlertCommand['action'],
    order: AlertOrder,
  ): Promise<Pick<AlertOrderResponse, 'commandId' | 'outcome'>> {
    const { log, nowMs, newId } = this.parts;
    const { by, why, forMinutes, commandId = newId() } = order;
    if (alert.state === DONE[action]) return { commandId, outcome: 'already' };
    const atMs = nowMs();
    const command: AlertCommand = {
      ...{ commandId, alertId: alert.alertId, stayId: alert.stayId, action, by, atMs },
      ...(why === undefined ? {} : { why }),
      ...(forMinutes === undefined ? {} : { untilMs: atMs + forMinutes * MINUTE_MS }),
    };
    const attributes = {
      type: ALERT_COMMAND,
      source: '/vigil/gateway',
      id: commandId,
      key: alert.stayId,
      timeMs: atMs,
    };
    await log.append(TOPICS.alertCommands, [encodeEvent(attributes, command)]);
    return { commandId, outcome: 'sent' };
  }
}
