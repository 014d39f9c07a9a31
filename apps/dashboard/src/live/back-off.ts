/** How long to wait between attempts to connect. */
export interface BackOffOptions {
  /** First wait, milliseconds. */
  readonly firstMs: number;
  /** Longest wait, milliseconds. */
  readonly longestMs: number;
  /** In [0, 1). */
  readonly random: () => number;
}

/**
 * Wait before attempt `attempt` (0 is the first attempt after a loss), milliseconds: doubles up to the longest, then scattered over
 * its upper half, so that a thousand pages do not return to a restarted gateway in the same instant.
 */
export function backOffMs(attempt: number, { firstMs, longestMs, random }: BackOffOptions): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(whole / 2 + (whole / 2) * random());
}
