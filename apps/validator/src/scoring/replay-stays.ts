import type { RecordedStay } from '#datasets';
import { MemoryProgressStore, ReplaySession } from '#replay';
import type { EventLog } from '#stream';
import { VALIDATION_ANCHOR_MS, VIRTUAL_CLOCK } from './virtual-clock.js';

/**
 * Puts recorded stays on the log by availability time, all admitted at the same moment, as `npm run replay` does; resolves with the number
 * of events.
 */
export async function replayStays(log: EventLog, stays: readonly RecordedStay[], signal: AbortSignal): Promise<number> {
  const session = new ReplaySession({
    source: async function* () {
      yield* stays;
    },
    ...{ log, clock: VIRTUAL_CLOCK, progressStore: new MemoryProgressStore(), anchorMs: VALIDATION_ANCHOR_MS },
  });
  const stop = (): void => session.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return (await session.run()).appendedEvents;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
