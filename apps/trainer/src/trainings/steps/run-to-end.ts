import { TrainingHalt, type StepContext } from '../training-context.js';

/** How often a process that died by itself is taken up again in one step. */
const MOST_RESTARTS = 5;
/** Exit code of a program that was asked to stop and can go on; see the commands' help. */
const INTERRUPTED = 130;

/**
 * Runs a program until it has done its work. One that is killed (by a person, or for want of memory) or that was asked to stop by someone else is started again, up to
 * five times: it goes on from its checkpoint.
 *
 * @throws TrainingHalt when it fails; the reason of the signal when it was stopped
 */
export async function runToEnd(
  context: StepContext,
  name: string,
  program: string,
  words: readonly string[],
): Promise<void> {
  const { runChild, folder, onMessage, signal, onRestart } = context;
  for (let restarts = 0; ; restarts++) {
    const end = await runChild({ program, words, folder, name, onMessage, signal });
    signal.throwIfAborted();
    if (end === 'stopped') throw new TrainingHalt('failed', `${name} was stopped`);
    const code = end === 'killed' ? INTERRUPTED : end.code;
    if (code === 0) return;
    if (code !== INTERRUPTED)
      throw new TrainingHalt('failed', `${name} ended with exit code ${code}; ${name}.log in its folder says why`);
    if (restarts >= MOST_RESTARTS)
      throw new TrainingHalt(
        'failed',
        `${name} was killed or interrupted ${restarts + 1} times; is there enough memory?`,
      );
    onRestart();
  }
}
