import type { AlertSink } from '../alert-sink.js';
import { AlertmanagerSink } from '../sinks/alertmanager-sink.js';
import { ConsoleSink } from '../sinks/console-sink.js';
import { FhirSink } from '../sinks/fhir-sink.js';
import { PagerDutySink } from '../sinks/pagerduty-sink.js';
import { webhookSecret } from '../sinks/webhook-signature.js';
import { WebhookSink } from '../sinks/webhook-sink.js';
import type { SinkConfiguration } from './sink-file-schema.js';

/** What sinks need from outside. */
export interface SinkSurroundings {
  /** Where secrets are. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** Where a console sink writes. */
  readonly write: (line: string, written: (error?: Error | null) => void) => void;
}

/** Makes a sink; tells `onProblem` of every secret that cannot be used, and then makes none. */
export function makeSink(
  configuration: SinkConfiguration,
  surroundings: SinkSurroundings,
  onProblem: (problem: string) => void,
): AlertSink | undefined {
  const { environment, nowMs, write } = surroundings;
  let complete = true;
  const refuse = (problem: string): undefined => {
    complete = false;
    onProblem(problem);
  };
  const secret = (name: string): string => environment[name] || (refuse(`${name} is not set in the environment`) ?? '');
  const optional = (name: string | undefined) => (name === undefined ? {} : { bearerToken: secret(name) });
  const make = (): AlertSink => {
    switch (configuration.type) {
      case 'webhook': {
        const secrets = configuration.secrets.map((name) => decoded(name, secret(name), refuse));
        return new WebhookSink({ ...configuration, secrets, nowMs });
      }
      case 'pagerduty': {
        const routingKey = secret(configuration.routingKey);
        if (routingKey !== '' && routingKey.length !== 32)
          refuse(`${configuration.routingKey} has ${routingKey.length} characters; an integration key has 32`);
        return new PagerDutySink({ ...configuration, routingKey, nowMs });
      }
      case 'alertmanager':
        return new AlertmanagerSink({ ...configuration, ...optional(configuration.bearerToken), nowMs });
      case 'fhir':
        return new FhirSink({ ...configuration, ...optional(configuration.bearerToken), nowMs });
      case 'console':
        return new ConsoleSink({ ...configuration, write });
    }
  };
  const made = make();
  return complete ? made : undefined;
}

function decoded(name: string, text: string, refuse: (problem: string) => void): Uint8Array {
  const bytes = text === '' ? undefined : webhookSecret(text);
  if (bytes === undefined && text !== '')
    refuse(`${name} is no secret of Standard Webhooks; expected whsec_ and base64 of 24 to 64 bytes`);
  return bytes ?? new Uint8Array();
}
