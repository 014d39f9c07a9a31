import { SettingsError } from './settings-error.js';

/** The process stops with a failure; started again, it may work. */
const FAILED = 1;
/** Somebody has to put something right before another start makes sense. */
const BAD_SETTINGS = 2;

/**
 * Runs the main function of a process. When it rejects, its message goes to the error stream and the process exits: with 2 for a
 * {@link SettingsError} or another error that a person has to put right, with 1 for any other.
 *
 * @param bad classes of such errors besides `SettingsError`
 */
export function runMain(
  main: () => Promise<void>,
  bad: readonly (abstract new (...given: never[]) => Error)[] = [],
): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit([SettingsError, ...bad].some((kind) => error instanceof kind) ? BAD_SETTINGS : FAILED);
  });
}
