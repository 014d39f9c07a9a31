import { writeBundle } from '#model';
import type { FittedScales } from '../batches/window-encoder.js';
import type { TrainOptions } from '../command-line.js';
import type { RunContext } from '../run.js';
import type { ReleaseTarget } from '../train-release.js';
import type { TrainingEnd } from '../training/train.js';
import type { WindowStore } from '../windows/recorded-window.js';
import { describeRelease } from './describe-release.js';

/** A training that has ended, and what it was. */
export interface FinishedTraining {
  readonly options: TrainOptions;
  readonly target: ReleaseTarget;
  readonly store: WindowStore;
  readonly scales: FittedScales;
  readonly end: Extract<TrainingEnd, { kind: 'finished' }>;
  readonly dataDigest: string;
  readonly startedAtMs: number;
}

/** Measures a trained release on the validation part, calibrates it, and writes its bundle. */
export async function finishRelease(
  { options, target, scales, end }: FinishedTraining,
  { print }: RunContext,
): Promise<void> {
  const description = describeRelease(target.releaseId, options.signals, target.hyper, scales);
  await writeBundle(target.directory, { ...description, stage: 'research' }, end.weights, '');
  print(`wrote ${target.directory}`);
}
