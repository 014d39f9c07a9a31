import { ALERT, LIVE_DISCLAIMER, type Alert } from '#wire';
import { AlertSink, type Delivery, type SinkAnswer } from '../alert-sink.js';
import { identified, impersonal, type Identification } from './identification.js';
import { sendJson } from './send-json.js';
import { passesFilter, type SinkFilter } from './sink-filter.js';
import { signWebhook } from './webhook-signature.js';

/** What a {@link WebhookSink} is made with. */
export interface WebhookOptions {
  readonly name: string;
  readonly url: string;
  /** Decoded, newest first; one, or two while they are rotated. */
  readonly secrets: readonly Uint8Array[];
  readonly identify: Identification;
  readonly filter: SinkFilter;
  readonly timeoutMs: number;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/**
 * Posts each transition as a CloudEvents 1.0 event in structured JSON, signed by the Standard Webhooks scheme. The event's `id` and the `webhook-id` are the same with
 * every attempt. Carries the alert as it is on the log, less what `identify` leaves out.
 */
export class WebhookSink extends AlertSink {
  constructor(private readonly options: WebhookOptions) {
    super(options.name, 'webhook');
  }

  concerns(alert: Alert): boolean {
    return passesFilter(alert, this.options.filter);
  }

  deliver({ alert, deliveryId }: Delivery): Promise<SinkAnswer> {
    const { url, secrets, timeoutMs } = this.options;
    const nowMs = this.options.nowMs();
    const body = JSON.stringify(this.event(alert, deliveryId));
    const headers = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      ...signWebhook(deliveryId, nowMs, body, secrets),
    };
    return sendJson({ method: 'POST', url, headers, body, timeoutMs, nowMs });
  }

  private event(alert: Alert, id: string): Record<string, unknown> {
    return {
      specversion: '1.0',
      id,
      source: '/vigil/alerter',
      type: ALERT,
      subject: alert.alertId,
      time: new Date(alert.changedAtMs).toISOString(),
      datacontenttype: 'application/json',
      data: { disclaimer: LIVE_DISCLAIMER, ...impersonal(alert), ...identified(alert, this.options.identify) },
    };
  }
}
