import type { Alert } from '#wire';
import { AlertSink, type Delivery, type SinkAnswer } from '../alert-sink.js';
import { riskAssessment, type FhirSystems } from './risk-assessment.js';
import { sendJson } from './send-json.js';
import { passesFilter, type SinkFilter } from './sink-filter.js';

/** What a {@link FhirSink} is made with. */
export interface FhirOptions {
  readonly name: string;
  /** Base of the server, such as `https://fhir.example/r4`. */
  readonly url: string;
  readonly bearerToken?: string | undefined;
  readonly systems: FhirSystems;
  readonly filter: SinkFilter;
  readonly timeoutMs: number;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/**
 * Keeps one RiskAssessment for each patient alert on a FHIR R4 server, by conditional update: created when the server has none with the alert's identifier, replaced
 * otherwise, so that delivering twice leaves one. Technical alarms are no assessments and are passed over. Carries the stay as the encounter's identifier: the server is
 * the hospital's own record.
 */
export class FhirSink extends AlertSink {
  override readonly wants = 'newest-state';

  constructor(private readonly options: FhirOptions) {
    super(options.name, 'fhir');
  }

  concerns(alert: Alert): boolean {
    return alert.kind === 'patient' && alert.state !== 'pending' && passesFilter(alert, this.options.filter);
  }

  deliver({ alert }: Delivery): Promise<SinkAnswer> {
    const { url, bearerToken, systems, timeoutMs } = this.options;
    const identifier = encodeURIComponent(`${systems.alert}|${alert.alertId}`);
    return sendJson({
      method: 'PUT',
      url: `${url.replace(/\/+$/, '')}/RiskAssessment?identifier=${identifier}`,
      headers: {
        'content-type': 'application/fhir+json; charset=utf-8',
        accept: 'application/fhir+json',
        ...(bearerToken === undefined ? {} : { authorization: `Bearer ${bearerToken}` }),
      },
      body: JSON.stringify(riskAssessment(alert, systems)),
      timeoutMs,
      nowMs: this.options.nowMs(),
    });
  }
}
