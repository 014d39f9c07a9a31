import { join } from 'node:path';
import type { TrainOptions } from './command-line.js';
import { hyperParametersFor } from './release/released-sizes.js';
import { writeUntrained } from './release/write-untrained.js';
import { trainRelease } from './train-release.js';
import { UsageError } from './usage-error.js';

/** What a run of the command needs of its surroundings. */
export interface RunContext {
  readonly print: (line: string) => void;
  readonly nowMs: () => number;
  /** Asks for an orderly stop. */
  readonly signal: AbortSignal;
}

/** Does what the command line asks for. @returns the exit code */
export async function run(options: TrainOptions, context: RunContext): Promise<number> {
  const hyper = hyperParametersFor(options);
  const stage = options.untrained ? 'untrained' : options.preset;
  const releaseId =
    options.releaseId ??
    (options.untrained ? `untrained-${options.signals}` : `${stage}-${options.signals}-${options.seed}`);
  const directory = options.out ?? join('libs', 'model', 'releases', releaseId);
  if (options.untrained) {
    await writeUntrained(directory, releaseId, options.signals, hyper, options.seed);
    context.print(`wrote ${directory}: random weights, marked as untrained`);
    return 0;
  }
  if (options.dataset.length === 0)
    throw new UsageError(
      'no data set: add --dataset challenge-2012=PATH or another (--help lists them), or --untrained',
    );
  return trainRelease(options, { releaseId, directory, hyper }, context);
}
