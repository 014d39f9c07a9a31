import { MINUTE_MS } from '#clinical';
import { ReplayError } from './replay-error.js';

/** What an anchor depends on. */
export interface AnchorChoice {
  readonly nowMs: number;
  readonly spanMs: number;
  /** Simulated seconds a second; Infinity for as fast as possible. */
  readonly speed: number;
  readonly fastForwardMs: number;
  /** As asked for; absent lets the replay choose. */
  readonly anchorMs?: number | undefined;
}

/**
 * When the first stay is admitted. By itself the latest full minute with which the last event lies in the past, for a log refuses
 * timestamps of the future.
 *
 * An asked-for anchor may be later only when the replay runs no faster than the clock from an anchor in the past, and so can never
 * overtake it.
 */
export function chooseAnchor({ nowMs, spanMs, speed, fastForwardMs, anchorMs }: AnchorChoice): number {
  const latestMs = Math.floor((nowMs - spanMs) / MINUTE_MS) * MINUTE_MS;
  if (anchorMs === undefined) return latestMs;
  const neverOvertakes = speed <= 1 && anchorMs + fastForwardMs <= nowMs;
  if (anchorMs <= latestMs || neverOvertakes) return anchorMs;
  throw new ReplayError(
    `The anchor ${new Date(anchorMs).toISOString()} would put events into the future, which a log refuses. Take ` +
      `${new Date(latestMs).toISOString()} or earlier, or a speed of 1 with an anchor that lies in the past.`,
  );
}
