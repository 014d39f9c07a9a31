import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceLogger } from './service-logger.js';
import { runShutdown, type ShutdownStep } from './shutdown.js';

/** How {@link stopOnSignals} stops a process. */
export interface StopOptions {
  readonly steps: readonly ShutdownStep[];
  readonly logger: ServiceLogger;
  /**
   * Longest time for all steps together, milliseconds. Keep it below the grace period of whatever runs the process.
   * @default 10_000
   */
  readonly timeoutMs?: number;
}

/**
 * Stops the process on SIGTERM or SIGINT: exit code 0 after a clean stop, 1 after a failed or a cut-off one. A second signal exits
 * at once.
 *
 * @returns a function that starts the same stop from within, with the exit code of a failure
 */
export function stopOnSignals(options: StopOptions): (failure: Error) => void {
  let stopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    // keeps the process alive: one that is left with a step that never ends would else end by itself, as if it had stopped cleanly
    const timeout = delay(options.timeoutMs ?? 10_000);
    const result = await runShutdown(options.steps, timeout, options.logger);
    process.exit(result === 'clean' ? exitCode : 1);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      options.logger.info('stopping', { signal });
      void stop(0);
    });
  }
  return (failure) => {
    options.logger.error('stopping after a failure', { error: failure.message, stack: failure.stack });
    if (!stopping) void stop(1);
  };
}
