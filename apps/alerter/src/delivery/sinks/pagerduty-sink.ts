import { LIVE_DISCLAIMER, type Alert } from '#wire';
import { AlertSink, type Delivery, type SinkAnswer } from '../alert-sink.js';
import { identified, type Identification } from './identification.js';
import { sendJson } from './send-json.js';
import { passesFilter, type SinkFilter } from './sink-filter.js';

/** What a {@link PagerDutySink} is made with. */
export interface PagerDutyOptions {
  readonly name: string;
  /** Such as `https://events.pagerduty.com/v2/enqueue`. */
  readonly url: string;
  /** Integration key of the service, 32 characters. */
  readonly routingKey: string;
  readonly identify: Identification;
  /** Page to open from an incident; the alert's id is added behind it. */
  readonly dashboardUrl?: string | undefined;
  readonly filter: SinkFilter;
  readonly timeoutMs: number;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

type EventAction = 'trigger' | 'acknowledge' | 'resolve';

const ACTIONS: Readonly<Record<Alert['state'], EventAction | undefined>> = {
  pending: undefined,
  firing: 'trigger',
  acknowledged: 'acknowledge',
  // the Events API has no snooze; an acknowledged incident is as quiet
  snoozed: 'acknowledge',
  resolved: 'resolve',
};

/**
 * Sends each transition to PagerDuty's Events API v2, with the alert's id as `dedup_key`: an alert is one incident. An alert that begins to fire again, after a snooze
 * or on worsening, resolves its incident first and opens another, for a trigger of an acknowledged incident would page nobody.
 * Source: https://developer.pagerduty.com/docs/events-api-v2-overview.
 */
export class PagerDutySink extends AlertSink {
  constructor(private readonly options: PagerDutyOptions) {
    super(options.name, 'pagerduty');
  }

  concerns(alert: Alert): boolean {
    return ACTIONS[alert.state] !== undefined && passesFilter(alert, this.options.filter);
  }

  async deliver({ alert }: Delivery): Promise<SinkAnswer> {
    const action = ACTIONS[alert.state]!;
    if (action === 'trigger' && beganAgain(alert, this.options.filter)) {
      const answer = await this.send('resolve', alert);
      if (answer.outcome !== 'delivered') return answer;
    }
    return this.send(action, alert);
  }

  private send(action: EventAction, alert: Alert): Promise<SinkAnswer> {
    const { url, timeoutMs, routingKey } = this.options;
    const event = {
      routing_key: routingKey,
      event_action: action,
      dedup_key: alert.alertId,
      ...(action === 'trigger' ? { client: 'Vigil', ...this.link(alert), payload: this.payload(alert) } : {}),
    };
    const headers = { 'content-type': 'application/json' };
    return sendJson({
      method: 'POST',
      url,
      headers,
      body: JSON.stringify(event),
      timeoutMs,
      nowMs: this.options.nowMs(),
    });
  }

  private link(alert: Alert): { client_url?: string } {
    const { dashboardUrl } = this.options;
    return dashboardUrl === undefined ? {} : { client_url: `${dashboardUrl}${alert.alertId}` };
  }

  private payload(alert: Alert): Record<string, unknown> {
    const { site, ward, rule, kind, severity, escalationLevel, policyVersion, risk, news2, changedAtMs } = alert;
    return {
      summary: `${severity === 'critical' ? 'Critical' : 'Warning'}: ${alert.summary} (${LIVE_DISCLAIMER})`,
      source: `${site}/${ward}`,
      severity,
      timestamp: new Date(changedAtMs).toISOString(),
      component: ward,
      group: site,
      class: rule,
      custom_details: {
        ...{ disclaimer: LIVE_DISCLAIMER, alertId: alert.alertId, kind, rule, policyVersion, escalationLevel },
        ...(risk === undefined ? {} : { risk }),
        ...(news2 === undefined ? {} : { news2 }),
        ...identified(alert, this.options.identify),
      },
    };
  }
}

/**
 * Whether this is the first that the sink hears of an alert that fires again. With a filter by escalation that is the escalation to the level named, after somebody
 * had acknowledged or snoozed what went before.
 */
function beganAgain(alert: Alert, { minEscalationLevel = 0 }: SinkFilter): boolean {
  const { sequence, changedAtMs, firedAtMs, escalationLevel, by } = alert;
  if (changedAtMs === firedAtMs) return sequence > 2;
  return minEscalationLevel > 0 && escalationLevel === minEscalationLevel && by !== undefined;
}
