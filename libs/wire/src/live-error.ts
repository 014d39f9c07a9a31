/**
 * Why the server closes a connection, with the WebSocket close code that follows the error frame. The set is closed.
 *
 * A client connects again by itself only after `too-many-clients`, `too-slow`, `heartbeat-missed` and `server-stopping` (or a close without an error
 * frame); the others are its own mistakes, or the stay is gone.
 */
export const LIVE_CLOSE_CODES = {
  /** The frame is not JSON. */
  'malformed-json': 4400,
  /** `type` is none of the client's frames. */
  'unknown-type': 4401,
  /** The type is known, its fields are not as described. */
  'invalid-frame': 4402,
  /** Frames are text. */
  'binary-frame': 1003,
  /** Longer than `limits.maxFrameBytes`. Beyond eight times that the connection is closed without an error frame. */
  'frame-too-large': 1009,
  /** Frames come faster than `limits.maxFramesPerMinute`. */
  'too-many-frames': 4429,
  /** No stay of that ward has been seen. */
  'unknown-ward': 4404,
  /** The stay is not known, or was removed after its end. */
  'unknown-stay': 4405,
  /** No subscription has that name. */
  'unknown-subscription': 4406,
  /** The name of the subscription is in use on this connection. */
  'duplicate-subscription': 4409,
  /** More subscriptions than `limits.maxSubscriptions`. */
  'too-many-subscriptions': 4410,
  /** The server has as many clients as it takes. */
  'too-many-clients': 1013,
  /** The client has read nothing for too long. The connection is dropped, so the client sees 1006 and no error frame. */
  'too-slow': 4411,
  /** No pong and no frame for three heartbeats. */
  'heartbeat-missed': 4408,
  /** The server is being stopped. */
  'server-stopping': 1001,
} as const;

/** One of {@link LIVE_CLOSE_CODES}. */
export type LiveErrorCode = keyof typeof LIVE_CLOSE_CODES;

/** All codes, for schemas. */
export const LIVE_ERROR_CODES = Object.keys(LIVE_CLOSE_CODES) as [LiveErrorCode, ...LiveErrorCode[]];
