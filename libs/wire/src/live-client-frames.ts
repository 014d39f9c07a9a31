import { z } from 'zod';
import { liveUnwatchAlertsSchema, liveWatchAlertsSchema } from './live-alerts.js';
import { livePositionSchema, liveTargetSchema } from './live-identifiers.js';

/** Name that the client gives a subscription, unique within its connection. */
const subscription = z.string().min(1).max(32);

/** Asks for a target. Answered by `resumed` when `since` is within reach, else by `snapshot`. */
export const liveSubscribeSchema = z.strictObject({
  type: z.literal('subscribe'),
  subscription,
  target: liveTargetSchema,
  /** The newest position that the client has seen for this target on an earlier connection. */
  since: livePositionSchema.optional(),
});

/** Ends a subscription. Updates that are already on their way may still arrive. */
export const liveUnsubscribeSchema = z.strictObject({ type: z.literal('unsubscribe'), subscription });

/** Asks for a heartbeat now; it comes back with the same `nonce`. */
export const livePingSchema = z.strictObject({ type: z.literal('ping'), nonce: z.string().max(64).optional() });

/** Every frame that a client may send. */
export const liveClientFrameSchema = z.discriminatedUnion('type', [
  liveSubscribeSchema,
  liveUnsubscribeSchema,
  livePingSchema,
  liveWatchAlertsSchema,
  liveUnwatchAlertsSchema,
]);

export type LiveClientFrame = z.infer<typeof liveClientFrameSchema>;

/** Types of the client's frames. */
export const LIVE_CLIENT_FRAME_TYPES = ['subscribe', 'unsubscribe', 'ping', 'watch-alerts', 'unwatch-alerts'] as const;
