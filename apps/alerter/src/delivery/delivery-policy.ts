/** How a sink is tried, tried again and given up. */
export interface DeliveryPolicy {
  /**
   * Failed attempts of one delivery before it becomes a dead letter. Those with which a sink is tried whose circuit is open do not count:
   * that a sink is away says nothing about what it is sent.
   * @default 20
   */
  readonly maxAttempts: number;
  /**
   * Pause before the second attempt, milliseconds; it doubles with each further one.
   * @default 1_000
   */
  readonly firstPauseMs: number;
  /**
   * Longest pause between two attempts, milliseconds, unless the receiver asks for a longer one.
   * @default 300_000
   */
  readonly longestPauseMs: number;
  /**
   * Longest pause that a receiver's Retry-After can ask for, milliseconds.
   * @default 3_600_000
   */
  readonly longestAskedPauseMs: number;
  /**
   * Deliveries under way at once, each of another stay.
   * @default 8
   */
  readonly concurrency: number;
  /**
   * Deliveries that may wait in memory. When as many wait, the sink reads no further: the rest stays on the log.
   * @default 1_000
   */
  readonly maxWaiting: number;
  /**
   * Failures in a row, of whatever stays, after which the circuit opens.
   * @default 5
   */
  readonly openCircuitAfter: number;
  /**
   * How long an open circuit rests before one delivery is tried, milliseconds; doubles up to `longestPauseMs`.
   * @default 10_000
   */
  readonly circuitRestMs: number;
}

/** The policy where nothing else is said. */
export const DELIVERY_POLICY: DeliveryPolicy = {
  maxAttempts: 20,
  firstPauseMs: 1_000,
  longestPauseMs: 300_000,
  longestAskedPauseMs: 3_600_000,
  concurrency: 8,
  maxWaiting: 1_000,
  openCircuitAfter: 5,
  circuitRestMs: 10_000,
};
