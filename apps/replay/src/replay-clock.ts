import { setTimeout as delay } from 'node:timers/promises';

/** The wall clock as an argument: a test gives its own. */
export interface ReplayClock {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Resolves after the time, or at once when the signal aborts. Never rejects. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const SYSTEM_CLOCK: ReplayClock = {
  nowMs: () => Date.now(),
  sleep: (durationMs, signal) => delay(durationMs, undefined, { signal }).catch(() => undefined),
};
