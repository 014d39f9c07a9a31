import { CommanderError } from 'commander';
import { readCommandLine } from './command-line.js';
import { runStandalone } from './run-standalone.js';

const FAILED = 1;
const WRONG_USAGE = 2;

try {
  await runStandalone(readCommandLine(process.argv.slice(2)), process.env);
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : WRONG_USAGE);
  console.error(`vigil: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) console.error(error.stack);
  process.exit(FAILED);
}
