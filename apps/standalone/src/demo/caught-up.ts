import { setTimeout as delay } from 'node:timers/promises';
import type { Standalone } from '../standalone.js';
import { gatewayRecords } from './gateway-counts.js';

const LOOK_EVERY_MS = 50;

/**
 * Resolves when the scorer has read so many events since its start, scored and saved them, and the gateway has read what came out.
 *
 * @param deadline rejects with its reason when it aborts before
 */
export async function caughtUp(
  { scorer, gatewayMetrics }: Standalone,
  events: number,
  deadline: AbortSignal,
): Promise<void> {
  await until(() => scorer.tally().events.received >= events, deadline);
  await scorer.idle();
  await scorer.flush();
  const { scored, refused } = scorer.tally().windows.outcomes;
  await until(async () => {
    const records = await gatewayRecords(gatewayMetrics);
    const taken = Object.values(records).flatMap((byOutcome) => Object.values(byOutcome));
    return taken.reduce((total, count) => total + count, 0) >= events + scored + refused;
  }, deadline);
}

async function until(condition: () => boolean | Promise<boolean>, deadline: AbortSignal): Promise<void> {
  while (!(await condition())) {
    deadline.throwIfAborted();
    await delay(LOOK_EVERY_MS);
  }
}
