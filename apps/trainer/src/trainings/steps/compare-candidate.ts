import { existsSync } from 'node:fs';
import type { RunStep } from '../training-context.js';
import { runToEnd } from './run-to-end.js';

/** Sets the candidate beside the champion on the held-out stays, in a process of its own. */
export const compareCandidate: RunStep = async ({ plan }, context) => {
  const { files, dataset, gate, programs } = context;
  if (existsSync(files.comparison)) return {};
  await runToEnd(context, 'compare', programs.judge, [
    ...['compare', '--dataset', `${dataset}=${files.stays}`, '--policy', gate.path, '--plan', files.plan],
    ...['--champion', plan!.championDirectory, '--candidate', files.release, '--out', files.comparison],
  ]);
  return {};
};
