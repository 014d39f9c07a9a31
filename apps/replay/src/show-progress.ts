import type { ReplayClock } from './replay-clock.js';

/** Where progress is shown. */
export interface ProgressScreen {
  /** A terminal overwrites its line every second; anything else gets a line every ten. */
  readonly isTerminal: boolean;
  write(text: string): void;
}

const TERMINAL_EVERY_MS = 1000;
const LINE_EVERY_MS = 10_000;

/** Shows a line of progress until the signal aborts, and once more then. */
export async function showProgress(
  line: () => string,
  screen: ProgressScreen,
  clock: ReplayClock,
  until: AbortSignal,
): Promise<void> {
  while (!until.aborted) {
    await clock.sleep(screen.isTerminal ? TERMINAL_EVERY_MS : LINE_EVERY_MS, until);
    if (until.aborted) break;
    screen.write(screen.isTerminal ? `\r\u001b[K${line()}` : `${line()}\n`);
  }
  screen.write(screen.isTerminal ? `\r\u001b[K${line()}\n` : `${line()}\n`);
}
