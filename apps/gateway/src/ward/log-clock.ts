import { MINUTE_MS } from '#clinical';

/** A log timestamp further ahead of the wall clock than this says nothing about the time. */
const MAX_AHEAD_MS = 5 * MINUTE_MS;

/**
 * The log's clock: the newest log timestamp seen. In live operation it is about the wall clock; in a replay it is the time of the recording.
 *
 * It never goes back. A timestamp far ahead of the wall clock (a sender with a wrong clock) is not taken, for it would make every bed look silent for good.
 */
export class LogClock {
  private newestMs: number | undefined;

  /** Epoch milliseconds; undefined before the first record. */
  get nowMs(): number | undefined {
    return this.newestMs;
  }

  /** @returns whether the timestamp is credible */
  see(timestampMs: number, wallNowMs: number): boolean {
    if (timestampMs > wallNowMs + MAX_AHEAD_MS) return false;
    if (this.newestMs === undefined || timestampMs > this.newestMs) this.newestMs = timestampMs;
    return true;
  }
}
