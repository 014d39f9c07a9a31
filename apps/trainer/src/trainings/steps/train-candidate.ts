import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunStep } from '../training-context.js';
import { runToEnd } from './run-to-end.js';

/** Trains the candidate in a process of its own; one that was interrupted goes on from its checkpoint. */
export const trainCandidate: RunStep = async ({ plan, start }, context) => {
  const { files, dataset, programs, trainWords, wordsLike } = context;
  // the folder of a bundle appears whole or not at all
  if (existsSync(join(files.release, 'manifest.json'))) return {};
  const { championDirectory, stays } = plan!;
  const words = [
    ...['--dataset', `${dataset}=${files.stays}`, '--until', new Date(stays.untilMs).toISOString()],
    ...['--release-id', plan!.releaseId, '--out', files.release, '--work-dir', files.work, '--resume'],
    ...(start === 'champion' ? [...(await wordsLike(championDirectory)), '--warm-start', championDirectory] : []),
    ...trainWords,
  ];
  await runToEnd(context, 'train', programs.train, words);
  return {};
};
