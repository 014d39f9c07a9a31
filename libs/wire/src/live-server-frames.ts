import { z } from 'zod';
import { liveAlertsSchema } from './live-alerts.js';
import { liveBedSchema } from './live-bed.js';
import { LIVE_ERROR_CODES } from './live-error.js';
import { liveIdentifierSchema, liveTimeSchema } from './live-identifiers.js';
import { LIVE_DISCLAIMER, LIVE_PROTOCOL_VERSION } from './live-protocol.js';
import { liveStaySchema } from './live-stay.js';
import { riskScoreSchema } from './risk-score.js';

const durationMs = z.int().min(0);
const sequence = z.int().min(0);

/**
 * The log's clock: the newest log timestamp that the gateway has seen (in live operation about the wall clock, in a replay the time of the recording). Ages
 * count against it. Absent until a first record has been seen.
 */
const clockMs = liveTimeSchema.optional();

/**
 * The feed as a whole, on the wall clock: when nothing arrives the log's clock stands still and no bed would age, so silence of the feed is a technical alarm of its own.
 */
export const liveFeedSchema = z.strictObject({
  /** `catching-up`: the gateway still reads what was on the log before it started; figures are of the past. */
  state: z.enum(['no-data-yet', 'catching-up', 'flowing', 'silent']),
  /** Wall-clock time since the last record on `bedside-events`; absent when none has been seen. */
  silentForMs: durationMs.optional(),
  /** The gateway had to leave stays out because it shows as many as it may. */
  truncated: z.boolean(),
});

export type LiveFeed = z.infer<typeof liveFeedSchema>;

/** First frame on every connection. */
export const liveHelloSchema = z.strictObject({
  type: z.literal('hello'),
  protocol: z.literal(LIVE_PROTOCOL_VERSION),
  server: z.strictObject({ name: z.string(), version: z.string() }),
  disclaimer: z.literal(LIVE_DISCLAIMER),
  epoch: z.string(),
  sequence,
  clockMs,
  /** The server sends a heartbeat, and a WebSocket ping, this often. Three missed ones mean that the other side is gone. */
  heartbeatMs: durationMs,
  /** The release of the newest score seen. */
  release: z.strictObject({ releaseId: z.string(), releaseStage: riskScoreSchema.shape.releaseStage }).optional(),
  /** Ages that make a technical state, see `technicalState` of a bed; on the log's clock, except `feedSilentAfterMs` on the wall clock. */
  ages: z.strictObject({
    staleAfterMs: durationMs,
    silentAfterMs: durationMs,
    scoreOverdueAfterMs: durationMs,
    feedSilentAfterMs: durationMs,
  }),
  limits: z.strictObject({
    maxFrameBytes: z.int(),
    maxSubscriptions: z.int(),
    maxFramesPerMinute: z.int(),
  }),
  feed: liveFeedSchema,
});

/** Everything about a subscription's target as of `sequence`; replaces what the client held for it. */
export const liveSnapshotSchema = z.strictObject({
  type: z.literal('snapshot'),
  subscription: z.string(),
  epoch: z.string(),
  sequence,
  clockMs,
  beds: z.array(liveBedSchema),
  /** One for a stay subscription, none for others. */
  stays: z.array(liveStaySchema),
});

/** What changed in a subscription's target after the client's `since`: newest only, merged into what it holds. */
export const liveResumedSchema = liveSnapshotSchema.extend({
  type: z.literal('resumed'),
  /** Stays that left the target meanwhile. */
  removed: z.array(liveIdentifierSchema),
});

/**
 * What changed in the targets of all subscriptions of the connection, newest only. Sequences of successive updates grow but skip numbers, since other
 * beds change too; after the update the client is up to date with `sequence`.
 */
export const liveUpdateSchema = z.strictObject({
  type: z.literal('update'),
  sequence,
  clockMs,
  beds: z.array(liveBedSchema),
  stays: z.array(liveStaySchema),
  removed: z.array(liveIdentifierSchema),
});

/** Sign of life, with the clock that ages count against. */
export const liveHeartbeatSchema = z.strictObject({
  type: z.literal('heartbeat'),
  clockMs,
  feed: liveFeedSchema,
  /** Of the ping that this answers. */
  nonce: z.string().optional(),
});

/** Last frame before the server closes the connection with the code of `LIVE_CLOSE_CODES`. */
export const liveErrorSchema = z.strictObject({
  type: z.literal('error'),
  code: z.enum(LIVE_ERROR_CODES),
  /** What was wrong, what was expected, what to do. */
  message: z.string(),
  /** The subscription concerned. */
  subscription: z.string().optional(),
});

/** Every frame that a server may send. */
export const liveServerFrameSchema = z.discriminatedUnion('type', [
  liveHelloSchema,
  liveSnapshotSchema,
  liveResumedSchema,
  liveUpdateSchema,
  liveAlertsSchema,
  liveHeartbeatSchema,
  liveErrorSchema,
]);

export type LiveServerFrame = z.infer<typeof liveServerFrameSchema>;
export type LiveHello = z.infer<typeof liveHelloSchema>;
export type LiveSnapshot = z.infer<typeof liveSnapshotSchema>;
export type LiveResumed = z.infer<typeof liveResumedSchema>;
export type LiveUpdate = z.infer<typeof liveUpdateSchema>;
export type LiveHeartbeat = z.infer<typeof liveHeartbeatSchema>;
export type LiveError = z.infer<typeof liveErrorSchema>;
