import { DatasetError } from '#datasets';
import { BundleError } from '#model';
import { fileProblem, RecordingError, ReplayError } from '#replay';
import { describeMachine, readCodeVersion } from '#reporting';
import { ModelUnavailableError } from '#scorer';
import { ServiceLogger } from '#service';
import { EventLogError } from '#stream';
import { CommanderError } from 'commander';
import { validateCommand } from './validate-command.js';
import { UsageError } from './usage-error.js';
import { ValidationError } from './validation-error.js';

const EXPECTED = [
  DatasetError,
  BundleError,
  RecordingError,
  ReplayError,
  ModelUnavailableError,
  EventLogError,
  ValidationError,
];
const FAILED = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;

/**
 * Runs the verb in this process. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted; what was scored is kept then.
 *
 * @param root folder of package.json
 */
export async function runValidate(argv: readonly string[], root: string): Promise<number> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(INTERRUPTED);
      console.error('stopping; the same command goes on from here (again: at once)');
      stop.abort();
    });
  }
  try {
    const command = validateCommand({
      logger: new ServiceLogger({ service: 'validator', level: 'warn' }),
      ...{ code: await readCodeVersion(root), machine: describeMachine(), root, signal: stop.signal },
      print: console.log,
      showEveryMs: process.stderr.isTTY ? 1_000 : 10_000,
      show: (line) => void process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`),
    });
    await command
      .showHelpAfterError('(--help lists the options)')
      .exitOverride()
      .parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    if (stop.signal.aborted) return INTERRUPTED;
    if (error instanceof UsageError) {
      console.error(error.message);
      return WRONG_USAGE;
    }
    const expected = EXPECTED.some((kind) => error instanceof kind);
    console.error(expected ? (error as Error).message : (fileProblem(error) ?? error));
    return FAILED;
  }
}
