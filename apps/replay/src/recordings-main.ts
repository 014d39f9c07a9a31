import { recordingsCommand } from './recordings-command.js';
import { runCommand } from './run-command.js';

process.exitCode = await runCommand(recordingsCommand(), process.argv.slice(2));
