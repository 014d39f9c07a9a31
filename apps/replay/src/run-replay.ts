import { openLog } from './open-log.js';
import { recordCommand } from './record-command.js';
import { SYSTEM_CLOCK } from './replay-clock.js';
import { replayCommand, type ReplaySurroundings } from './replay-command.js';
import { runCommand } from './run-command.js';
import { sayOnce } from './say-once.js';

const SURROUNDINGS: ReplaySurroundings = {
  clock: SYSTEM_CLOCK,
  environment: process.env,
  screen: { isTerminal: process.stdout.isTTY, write: (text) => void process.stdout.write(text) },
  openLog: (place) => openLog(place, sayOnce(console.error)),
  onStop: (stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      let asked = false;
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        stop();
      });
    }
  },
};

/** Runs `npm run replay -- ...` in this process: `record`, or the replay itself. @returns the exit code */
export function runReplay(argv: readonly string[]): Promise<number> {
  if (argv[0] === 'record') return runCommand(recordCommand(SURROUNDINGS), argv.slice(1));
  return runCommand(replayCommand(SURROUNDINGS), argv);
}
