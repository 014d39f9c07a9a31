import type { EventLog, OutgoingRecord } from '#stream';
import type { ReplayClock } from './replay-clock.js';
import { ReplayError } from './replay-error.js';

/** Pauses before the next attempts. */
const PAUSES_MS = [500, 1000, 2000, 4000] as const;

/**
 * Appends a batch; tries again when the log refuses, since a batch sent twice leaves the same events.
 *
 * @throws ReplayError after five attempts, or after the first failure once the signal has aborted
 */
export async function appendStubbornly(
  log: EventLog,
  topic: string,
  records: readonly OutgoingRecord[],
  clock: ReplayClock,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await log.append(topic, records);
    } catch (error) {
      const pauseMs = PAUSES_MS[attempt];
      if (pauseMs === undefined || signal.aborted) {
        const why = error instanceof Error ? error.message : String(error);
        throw new ReplayError(
          `The log took no more events on ${topic} (${attempt + 1} attempts): ${why}. Start again with --resume.`,
          { cause: error },
        );
      }
      await clock.sleep(pauseMs, signal);
    }
  }
}
