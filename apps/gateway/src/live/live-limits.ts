/** Bounds of the live end-point. */
export interface LiveLimits {
  /** @default 200 */
  readonly maxClients: number;
  /** Longest frame of a client, bytes. @default 4_096 */
  readonly maxFrameBytes: number;
  /** Of one connection. @default 16 */
  readonly maxSubscriptions: number;
  /** Frames of one connection, over a minute; as many may come at once. @default 240 */
  readonly maxFramesPerMinute: number;
  /**
   * While a client has more than this unread, bytes, nothing more is sent to it: what changes is remembered as the names of stays, and the newest state of each is sent
   * when the client has read. What a client can cost is this, one frame more (a snapshot at most), and 64 bytes or so a stay.
   * @default 1_048_576
   */
  readonly maxUnreadBytes: number;
  /** A client that has not read for so long is closed, milliseconds. @default 30_000 */
  readonly maxUnreadMs: number;
  /** Shortest time between two updates, milliseconds; changes gather meanwhile. @default 50 */
  readonly gatherMs: number;
  /** @default 10_000 */
  readonly heartbeatMs: number;
}

/** The bounds in use where nothing else is said. */
export const LIVE_LIMITS: LiveLimits = {
  maxClients: 200,
  maxFrameBytes: 4_096,
  maxSubscriptions: 16,
  maxFramesPerMinute: 240,
  maxUnreadBytes: 1_048_576,
  maxUnreadMs: 30_000,
  gatherMs: 50,
  heartbeatMs: 10_000,
};
