import type { AdamTrainer, StepResult, Tensor } from '#engine';
import { imputeOneStep, jointLoss } from '#model';
import { randomOf } from '../batches/epoch-plan.js';
import { disposeBatch, trainingBatch } from '../batches/training-batch.js';
import type { RunningStatistics } from './running-statistics.js';
import type { TrainingTask } from './train.js';
import type { TrainingPhase } from './training-settings.js';

/** Losses of one step; of what was not learned in it they are 0. */
export interface StepLosses {
  readonly loss: number;
  readonly imputation: number;
  readonly mortality: number;
  readonly contrastive: number;
}

/**
 * One batch, one move of the weights.
 *
 * @param drawKey decides all that is drawn for the batch
 * @returns the batch's statistics of the risk network, too, in a joint step
 * @throws Error when the loss is no number any more
 */
export function stepOnce(
  task: TrainingTask,
  trainer: AdamTrainer,
  indices: readonly number[],
  phase: TrainingPhase,
  drawKey: string,
): { losses: StepLosses; statistics?: RunningStatistics } {
  const { runtime, encoder, settings, teacher } = task;
  const { hyper, teacherShare, lossWeights, mortalityReachesImputer } = settings;
  const windows = indices.map((index) => encoder.encode(index));
  const labels = indices.map((index) => Number(encoder.store.labels[index]!.died));
  const targets = indices.map((index, row) =>
    teacher === undefined ? labels[row]! : (1 - teacherShare) * labels[row]! + teacherShare * teacher[index]!,
  );
  const batch = trainingBatch(runtime, hyper, { windows, labels, targets }, randomOf(drawKey), drawKey);
  const detach = (tensor: Tensor): Tensor => runtime.tensor(runtime.read(tensor), runtime.shapeOf(tensor));
  const result = trainer.step((weights) => {
    if (phase === 'imputer') return { loss: imputeOneStep(runtime.ops, weights, hyper, batch, detach).loss };
    const options = { ...lossWeights, mortalityReachesImputer, detach };
    const { batchStatistics, ...joint } = jointLoss(runtime.ops, weights, hyper, batch, options);
    return { loss: joint.loss, report: { ...joint, ...batchStatistics } };
  });
  disposeBatch(runtime, batch);
  if (!Number.isFinite(result.loss))
    throw new Error(`the loss is ${result.loss} at ${drawKey}: the training has diverged; lower --learning-rate`);
  return phase === 'imputer' ? { losses: imputerLosses(result) } : jointLosses(result);
}

function imputerLosses({ loss }: StepResult): StepLosses {
  return { loss, imputation: loss, mortality: 0, contrastive: 0 };
}

function jointLosses({ loss, report }: StepResult): { losses: StepLosses; statistics: RunningStatistics } {
  const scalar = (name: string): number => report[name]![0]!;
  return {
    losses: {
      loss,
      imputation: scalar('imputation'),
      mortality: scalar('mortality'),
      contrastive: scalar('contrastive'),
    },
    statistics: { mean: report['mean']!, variance: report['variance']! },
  };
}
