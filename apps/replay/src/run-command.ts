import { DatasetError } from '#datasets';
import { SettingsError } from '#service';
import { EventLogError } from '#stream';
import { CommanderError, type Command } from 'commander';
import { fileProblem } from './file-problem.js';
import { ReplayError } from './replay-error.js';
import { RecordingError } from './topics/recording-error.js';

const EXPECTED_ERRORS = [DatasetError, ReplayError, RecordingError, EventLogError];
const FAILED = 1;
const WRONG_USAGE = 2;

/**
 * Runs a command to its exit code: 0 done, 1 failed, 2 wrong usage. What can be expected to go wrong is one sentence on the error
 * stream; anything else keeps its stack trace, for it is a bug.
 *
 * @param report where a failure is told
 */
export async function runCommand(
  command: Command,
  argv: readonly string[],
  report: (problem: unknown) => void = (problem) => console.error(problem),
): Promise<number> {
  try {
    await command
      .showHelpAfterError('(--help lists the options)')
      .exitOverride()
      .parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    if (error instanceof SettingsError) {
      report(error.message);
      return WRONG_USAGE;
    }
    const expected = EXPECTED_ERRORS.some((kind) => error instanceof kind);
    report(expected ? (error as Error).message : (fileProblem(error) ?? error));
    return FAILED;
  }
}
