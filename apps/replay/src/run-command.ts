import { DatasetError } from '#datasets';
import { CommanderError, type Command } from 'commander';
import { ReplayError } from './replay-error.js';

const FAILED = 1;
const WRONG_USAGE = 2;

/**
 * Runs a command to its exit code: 0 done, 1 failed, 2 wrong usage. What can be expected to go wrong is one sentence on the error
 * stream; anything else keeps its stack trace, for it is a bug.
 */
export async function runCommand(command: Command, argv: readonly string[]): Promise<number> {
  try {
    await command
      .showHelpAfterError('(--help lists the options)')
      .exitOverride()
      .parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    const expected = error instanceof DatasetError || error instanceof ReplayError;
    console.error(expected ? error.message : error);
    return FAILED;
  }
}
