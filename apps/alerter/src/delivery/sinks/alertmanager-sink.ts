import { LIVE_DISCLAIMER, type Alert } from '#wire';
import { AlertSink, type Delivery, type SinkAnswer } from '../alert-sink.js';
import { identified, type Identification } from './identification.js';
import { sendJson } from './send-json.js';
import { passesFilter, type SinkFilter } from './sink-filter.js';

/** What an {@link AlertmanagerSink} is made with. */
export interface AlertmanagerOptions {
  readonly name: string;
  /** Base, such as `http://127.0.0.1:9093`. */
  readonly url: string;
  readonly bearerToken?: string | undefined;
  /** In annotations; labels never tell whose alert it is. */
  readonly identify: Identification;
  /** Page to open from a notification; the alert's id is added behind it. */
  readonly dashboardUrl?: string | undefined;
  readonly filter: SinkFilter;
  readonly timeoutMs: number;
  /** How often alerts that hold are said again, milliseconds. */
  readonly repeatEveryMs: number;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** Repetitions that may be missed before Alertmanager takes an alert for over, as Prometheus has it. */
const REPEATS_TO_LIVE = 4;
/** Alerts in one request. */
const CHUNK = 500;

/**
 * Holds alerts in Prometheus Alertmanager (API v2). Labels are what an alert is told apart and routed by: rule, kind, severity, site, ward, and the alert's id;
 * so grouping, routing and silences work, and no label, which ends in metrics and URLs, leads to a person.
 *
 * Alertmanager forgets what is not repeated, so an alert that holds (firing, acknowledged or snoozed: silences are its own) is sent with an end some repetitions ahead
 * and said again until it is resolved.
 */
export class AlertmanagerSink extends AlertSink {
  override readonly wants = 'newest-state';
  override readonly repeatEveryMs: number;

  constructor(private readonly options: AlertmanagerOptions) {
    super(options.name, 'alertmanager');
    this.repeatEveryMs = options.repeatEveryMs;
  }

  concerns(alert: Alert): boolean {
    return alert.state !== 'pending' && passesFilter(alert, this.options.filter);
  }

  deliver({ alert }: Delivery): Promise<SinkAnswer> {
    return this.send([alert]);
  }

  override async repeat(alerts: readonly Alert[]): Promise<SinkAnswer> {
    for (let i = 0; i < alerts.length; i += CHUNK) {
      const answer = await this.send(alerts.slice(i, i + CHUNK));
      if (answer.outcome !== 'delivered') return answer;
    }
    return { outcome: 'delivered' };
  }

  private send(alerts: readonly Alert[]): Promise<SinkAnswer> {
    const { url, bearerToken, timeoutMs } = this.options;
    const nowMs = this.options.nowMs();
    return sendJson({
      method: 'POST',
      url: `${url.replace(/\/+$/, '')}/api/v2/alerts`,
      headers: {
        'content-type': 'application/json',
        ...(bearerToken === undefined ? {} : { authorization: `Bearer ${bearerToken}` }),
      },
      body: JSON.stringify(alerts.map((alert) => this.posted(alert, nowMs))),
      timeoutMs,
      nowMs,
    });
  }

  private posted(alert: Alert, nowMs: number): Record<string, unknown> {
    const { alertId, rule, kind, severity, site, ward, summary, escalationLevel, news2, risk, state } = alert;
    const startsAtMs = Math.min(alert.firedAtMs ?? alert.openedAtMs, nowMs);
    const overAtMs = Math.max(startsAtMs, Math.min(alert.changedAtMs, nowMs));
    const endsAtMs = state === 'resolved' ? overAtMs : nowMs + REPEATS_TO_LIVE * this.repeatEveryMs;
    const { dashboardUrl } = this.options;
    return {
      labels: { alertname: rule, service: 'vigil', kind, severity, site, ward, alert_id: alertId },
      annotations: {
        ...{ summary, disclaimer: LIVE_DISCLAIMER, state, escalation_level: String(escalationLevel) },
        ...(risk === undefined ? {} : { risk: `${risk.median} (${risk.low} to ${risk.high})` }),
        ...(news2 === undefined ? {} : { news2: String(news2) }),
        ...(risk === undefined ? {} : { release: `${risk.releaseId} (${risk.releaseStage})` }),
        ...annotationsOf(identified(alert, this.options.identify)),
      },
      startsAt: new Date(startsAtMs).toISOString(),
      endsAt: new Date(endsAtMs).toISOString(),
      ...(dashboardUrl === undefined ? {} : { generatorURL: `${dashboardUrl}${alertId}` }),
    };
  }
}

function annotationsOf({ bed, stayId, by, why }: ReturnType<typeof identified>): Record<string, string> {
  const named = { bed, stay: stayId, by, why };
  return Object.fromEntries(Object.entries(named).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
