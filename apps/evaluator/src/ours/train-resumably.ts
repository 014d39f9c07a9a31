import type { NetworkWeights } from '#network';
import { train, type TrainingTask, type ValidationResult } from '#training';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A training of our networks that goes on where it was stopped. */
export interface ResumableTraining extends Pick<
  TrainingTask,
  | 'runtime'
  | 'encoder'
  | 'settings'
  | 'validationWindows'
  | 'identity'
  | 'nowMs'
  | 'signal'
  | 'onEpochWeights'
  | 'teacher'
> {
  /** Where the checkpoint lies while the training lasts. */
  readonly folder: string;
  /** Told when a checkpoint is taken up, with the number of whole epochs before it. */
  readonly onResumed?: (epoch: number) => void;
  /** Told after each epoch, counted from 0 over both phases. */
  readonly onEpoch?: (epoch: number, validation: ValidationResult) => void;
}

/** What came of it: the weights of the best joint epoch by validation, or of the last epoch where none was joint. */
export interface TrainedNetworks {
  readonly weights: NetworkWeights;
  readonly history: readonly ValidationResult[];
}

/**
 * Trains our networks. A stop takes effect after the current step and leaves a checkpoint, from which the same training goes on.
 *
 * Rejects with the signal's reason when a stop was asked for.
 */
export async function trainResumably(training: ResumableTraining): Promise<TrainedNetworks> {
  const { folder, onResumed, onEpoch, ...task } = training;
  const checkpointPath = join(folder, `training-${task.identity.slice(0, 16)}.checkpoint`);
  await mkdir(folder, { recursive: true });
  const end = await train({
    ...task,
    checkpointPath,
    resume: true,
    observer: {
      resumed: (epoch) => onResumed?.(epoch),
      step: () => undefined,
      epochEnded: (epoch, validation) => onEpoch?.(epoch, validation),
    },
  });
  if (end.kind === 'interrupted') throw task.signal.reason;
  await rm(checkpointPath, { force: true });
  return { weights: end.weights, history: end.history };
}
