import { z } from 'zod';
import { ALERT_KINDS, ALERT_SEVERITIES } from '#wire';
import { IDENTIFICATIONS } from '../sinks/identification.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Names an environment variable: the file says where a secret is, never what it is. */
const secretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'the name of an environment variable, such as WARD_SECRET');

const url = z
  .url('a URL')
  .refine(isGuarded, 'https, or http on this machine: alerts do not cross a network in the open')
  .refine((text) => !URL.canParse(text) || new URL(text).username === '', 'a URL without credentials in it');

function isGuarded(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

const names = z.array(z.string().min(1).max(64)).min(1);

const filter = z.strictObject({
  kinds: z.array(z.enum(ALERT_KINDS)).min(1).optional(),
  sites: names.optional(),
  wards: names.optional(),
  rules: names.optional(),
  minSeverity: z.enum(ALERT_SEVERITIES).optional(),
  minEscalationLevel: z.int().min(0).max(16).optional(),
  pending: z.boolean().optional(),
});

const delivery = z.strictObject({
  maxAttempts: z.int().min(1).max(1_000).optional(),
  firstPauseMs: z.int().min(10).max(3_600_000).optional(),
  longestPauseMs: z.int().min(10).max(86_400_000).optional(),
  longestAskedPauseMs: z.int().min(0).max(86_400_000).optional(),
  concurrency: z.int().min(1).max(64).optional(),
  maxWaiting: z.int().min(1).max(10_000).optional(),
  openCircuitAfter: z.int().min(1).max(1_000).optional(),
  circuitRestMs: z.int().min(10).max(3_600_000).optional(),
});

const common = {
  /** Unique; names the sink's consumer group and journal, so a renamed sink starts from the oldest alert on the log. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens, at most 40'),
  filter: filter.default({}),
  delivery: delivery.default({}),
};

const http = { ...common, url, timeoutMs: z.int().min(100).max(60_000).default(10_000) };

const webhook = z.strictObject({
  type: z.literal('webhook'),
  ...http,
  identify: z.enum(IDENTIFICATIONS).default('stay'),
  /** Variables that hold `whsec_…` secrets, newest first: one, or two while they are rotated. */
  secrets: z.array(secretName).min(1).max(2),
});

const pagerduty = z.strictObject({
  type: z.literal('pagerduty'),
  ...http,
  url: url.default('https://events.pagerduty.com/v2/enqueue'),
  identify: z.enum(IDENTIFICATIONS).default('none'),
  /** Variable that holds the service's integration key. */
  routingKey: secretName,
  dashboardUrl: url.optional(),
});

const alertmanager = z.strictObject({
  type: z.literal('alertmanager'),
  ...http,
  identify: z.enum(IDENTIFICATIONS).default('none'),
  bearerToken: secretName.optional(),
  repeatEveryMs: z.int().min(100).max(3_600_000).default(60_000),
  dashboardUrl: url.optional(),
});

const fhir = z.strictObject({
  type: z.literal('fhir'),
  ...http,
  bearerToken: secretName.optional(),
  /** Naming systems of the site: URIs that make its alerts and stays unique elsewhere. */
  systems: z.strictObject({ alert: z.url(), stay: z.url() }),
});

const consoleSink = z.strictObject({
  type: z.literal('console'),
  ...common,
  identify: z.enum(IDENTIFICATIONS).default('none'),
});

const sink = z.discriminatedUnion('type', [webhook, pagerduty, alertmanager, fhir, consoleSink]);

/** The file of sinks, version 1. */
export const sinkFileSchema = z
  .strictObject({ version: z.literal(1), sinks: z.array(sink).max(16) })
  .refine(({ sinks }) => new Set(sinks.map(({ name }) => name)).size === sinks.length, {
    path: ['sinks'],
    message: 'names that differ',
  });

export type SinkConfiguration = z.infer<typeof sink>;
