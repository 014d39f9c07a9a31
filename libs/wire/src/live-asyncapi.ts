import { z } from 'zod';
import { liveAlertsSchema, liveUnwatchAlertsSchema, liveWatchAlertsSchema } from './live-alerts.js';
import { alertSchema } from './alert.js';
import { liveBedSchema } from './live-bed.js';
import { livePingSchema, liveSubscribeSchema, liveUnsubscribeSchema } from './live-client-frames.js';
import { LIVE_CLOSE_CODES } from './live-error.js';
import { livePositionSchema, liveTargetSchema } from './live-identifiers.js';
import { LIVE_DISCLAIMER, LIVE_PATH, LIVE_PROTOCOL_VERSION, LIVE_SUBPROTOCOL } from './live-protocol.js';
import {
  liveErrorSchema,
  liveFeedSchema,
  liveHeartbeatSchema,
  liveHelloSchema,
  liveResumedSchema,
  liveSnapshotSchema,
  liveUpdateSchema,
} from './live-server-frames.js';
import { liveStaySchema } from './live-stay.js';
import { riskScoreSchema } from './risk-score.js';

const CLIENT_FRAMES = {
  subscribe: [
    liveSubscribeSchema,
    'Asks for a target; answered by `resumed` when `since` is within reach, else by `snapshot`.',
  ],
  unsubscribe: [liveUnsubscribeSchema, 'Ends a subscription.'],
  ping: [livePingSchema, 'Asks for a heartbeat now.'],
  'watch-alerts': [liveWatchAlertsSchema, 'Asks for the alerts of all wards, now and as they change.'],
  'unwatch-alerts': [liveUnwatchAlertsSchema, 'Ends it.'],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

const SERVER_FRAMES = {
  hello: [liveHelloSchema, 'First frame on every connection.'],
  snapshot: [liveSnapshotSchema, "Everything about a subscription's target; replaces what the client holds for it."],
  resumed: [
    liveResumedSchema,
    "What changed in a subscription's target after `since`; merged into what the client holds.",
  ],
  update: [liveUpdateSchema, 'What changed in the targets of all subscriptions, newest only.'],
  alerts: [
    liveAlertsSchema,
    'Alerts that stand or were resolved lately: all of them when complete, else what changed.',
  ],
  heartbeat: [liveHeartbeatSchema, 'Sign of life with the clock that ages count against.'],
  error: [liveErrorSchema, 'Last frame before the server closes with the code that belongs to it.'],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

const SHARED = {
  Bed: liveBedSchema,
  Stay: liveStaySchema,
  Feed: liveFeedSchema,
  Position: livePositionSchema,
  Target: liveTargetSchema,
  RiskScore: riskScoreSchema,
  Alert: alertSchema,
} as const satisfies Record<string, z.ZodType>;

/** The AsyncAPI 3.0 document of the live protocol, made from the schemas that the gateway checks frames with. */
export function liveAsyncApi(): Readonly<Record<string, unknown>> {
  const frames = { ...CLIENT_FRAMES, ...SERVER_FRAMES };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Vigil live protocol',
      version: `${LIVE_PROTOCOL_VERSION}.0.0`,
      description: `Beds of the ward as they change, over a WebSocket at ${LIVE_PATH} (subprotocol ${LIVE_SUBPROTOCOL}). ${LIVE_DISCLAIMER} Close codes: ${closeCodes()}.`,
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      live: {
        address: LIVE_PATH,
        description: 'One JSON object a text frame.',
        messages: refs(Object.keys(frames), '#/components/messages/'),
      },
    },
    operations: {
      receiveFromClient: operation('receive', 'What the gateway receives.', Object.keys(CLIENT_FRAMES)),
      sendToClient: operation('send', 'What the gateway sends.', Object.keys(SERVER_FRAMES)),
    },
    components: { messages: messages(frames), schemas: schemas(frames) },
  };
}

function closeCodes(): string {
  return Object.entries(LIVE_CLOSE_CODES)
    .map(([code, number]) => `${number} ${code}`)
    .join(', ');
}

function refs(names: readonly string[], prefix: string): Record<string, { $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `${prefix}${name}` }]));
}

function operation(action: 'receive' | 'send', summary: string, names: readonly string[]): Record<string, unknown> {
  return {
    action,
    summary,
    channel: { $ref: '#/channels/live' },
    messages: Object.values(refs(names, '#/channels/live/messages/')),
  };
}

type Frames = Readonly<Record<string, readonly [z.ZodType, string]>>;

function messages(frames: Frames): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(frames).map(([name, [, summary]]) => [
      name,
      { name, title: name, summary, payload: { $ref: `#/components/schemas/${frameSchemaName(name)}` } },
    ]),
  );
}

function frameSchemaName(frame: string): string {
  const words = frame.split('-').map((word) => `${word[0]!.toUpperCase()}${word.slice(1)}`);
  return `${words.join('')}Frame`;
}

/** One JSON schema (draft 7, as AsyncAPI 3.0 reads them) for each frame and each shared part, joined by references. */
function schemas(frames: Frames): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of Object.entries(SHARED)) registry.add(schema, { id: name });
  for (const [name, [schema]] of Object.entries(frames)) registry.add(schema, { id: frameSchemaName(name) });
  const made = z.toJSONSchema(registry, { target: 'draft-7', uri: (id) => `#/components/schemas/${id}` }).schemas;
  return Object.fromEntries(Object.entries(made).map(([name, schema]) => [name, withoutIds(schema)]));
}

/** The document gives every schema its address by its place, so `$id` and `$schema` would contradict it. */
function withoutIds(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== '$id' && key !== '$schema' && key !== 'id'),
  );
}
