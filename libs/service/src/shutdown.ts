import type { ServiceLogger } from './service-logger.js';

/** One thing to do when an app stops. */
export interface ShutdownStep {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** How a shutdown ended. */
export type ShutdownResult = 'clean' | 'failed' | 'timed-out';

/**
 * Runs the steps in order within a bounded time: stop consuming, flush, commit, close.
 *
 * A step that fails is logged and the next ones still run, for a log must be closed even when its flush failed. What was not
 * committed is read again at the next start.
 *
 * @param timeout resolves when the time is over
 */
export async function runShutdown(
  steps: readonly ShutdownStep[],
  timeout: Promise<void>,
  logger: ServiceLogger,
): Promise<ShutdownResult> {
  let failed = false;
  let current = '';
  const all = (async () => {
    for (const step of steps) {
      current = step.name;
      try {
        await step.run();
      } catch (error) {
        failed = true;
        logger.error('a shutdown step failed', { step: step.name, error: String(error) });
      }
    }
  })();
  const inTime = await Promise.race([all.then(() => true), timeout.then(() => false)]);
  if (inTime) return failed ? 'failed' : 'clean';
  logger.error('shutdown took too long and is cut off', { step: current });
  return 'timed-out';
}
