import { openLog } from './open-log.js';
import { SYSTEM_CLOCK } from './replay-clock.js';
import { replayCommand } from './replay-command.js';
import { runCommand } from './run-command.js';
import { sayOnce } from './say-once.js';

const command = replayCommand({
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
});

process.exitCode = await runCommand(command, process.argv.slice(2));
