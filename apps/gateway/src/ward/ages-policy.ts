import { HOUR_MS, MINUTE_MS } from '#clinical';

/** Ages that make a technical state. On the log's clock, except `feedSilentAfterMs`, which is on the wall clock. */
export interface AgesPolicy {
  /** Without a usable observation for so long a bed is stale. */
  readonly staleAfterMs: number;
  /** Without a usable observation for so long a bed is silent. */
  readonly silentAfterMs: number;
  /** Observations that wait for so long for a score make the score overdue. */
  readonly scoreOverdueAfterMs: number;
  /** Without any record on the feed for so long the feed is silent. */
  readonly feedSilentAfterMs: number;
}

/**
 * The ages in use, version 1. They are policy, not tuning: a change is a new version, reviewed like a threshold.
 *
 * Charted vital signs come hourly, so one missed hour makes a bed stale and three make it silent. A ward's feed never rests for five minutes.
 */
export const AGES_POLICY_V1: AgesPolicy = {
  staleAfterMs: 90 * MINUTE_MS,
  silentAfterMs: 4 * HOUR_MS,
  scoreOverdueAfterMs: 30 * MINUTE_MS,
  feedSilentAfterMs: 5 * MINUTE_MS,
};
