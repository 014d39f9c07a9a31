import type { AdamTrainer, StepResult, Tensor } from '#engine';
import { imputeOneStep, jointLoss, riskLoss } from '#model';
import { randomOf } from '../batches/epoch-plan.js';
import { riskBatch, type ExpectedValues, type IndexedWindows, type WindowToExpect } from '../batches/risk-batch.js';
import { disposeBatch, trainingBatch } from '../batches/training-batch.js';
import type { FrozenImputer } from './frozen-imputer.js';
import type { RunningStatistics } from './running-statistics.js';
import type { TrainingTask } from './training-task.js';
import type { TrainingPhase } from './training-settings.js';

/** Losses of one step; of what was not learned in it they are 0. */
export interface StepLosses {
  readonly loss: number;
  readonly imputation: number;
  readonly mortality: number;
  readonly contrastive: number;
}

/** What is learned in a step. */
export interface StepGoal {
  readonly phase: TrainingPhase;
  /** Risk network that is learned. */
  readonly member: number;
  /** Fills the gaps in the phase `risk`. */
  readonly frozen: FrozenImputer | undefined;
  /** Decides all that is drawn for the batch. */
  readonly drawKey: string;
}

/**
 * One batch, one move of the weights.
 *
 * @returns the batch's statistics of the risk network, too, where one was learned
 * @throws Error when the loss is no number any more
 */
export function stepOnce(
  task: TrainingTask,
  trainer: AdamTrainer,
  indices: readonly number[],
  goal: StepGoal,
): { losses: StepLosses; statistics?: RunningStatistics } {
  const { encoder, settings, teacher } = task;
  const { teacherShare } = settings;
  const windows = indices.map((index) => encoder.encode(index));
  const labels = indices.map((index) => Number(encoder.store.labels[index]!.died));
  const targets = indices.map((index, row) =>
    teacher === undefined ? labels[row]! : (1 - teacherShare) * labels[row]! + teacherShare * teacher[index]!,
  );
  const batch = { indices, windows, labels, targets };
  const { phase, frozen, drawKey } = goal;
  const result =
    frozen === undefined ? jointStep(task, trainer, batch, goal) : riskStep(task, trainer, batch, goal, frozen);
  if (!Number.isFinite(result.loss))
    throw new Error(`the loss is ${result.loss} at ${drawKey}: the training has diverged; lower --learning-rate`);
  return phase === 'imputer' ? { losses: imputerLosses(result) } : riskLosses(result);
}

function jointStep(
  { runtime, settings }: TrainingTask,
  trainer: AdamTrainer,
  labelled: IndexedWindows,
  { phase, drawKey }: StepGoal,
): StepResult {
  const { hyper, lossWeights, mortalityReachesImputer } = settings;
  const batch = trainingBatch(runtime, hyper, labelled, randomOf(drawKey), drawKey);
  const detach = (tensor: Tensor): Tensor => runtime.tensor(runtime.read(tensor), runtime.shapeOf(tensor));
  const result = trainer.step((weights) => {
    if (phase === 'imputer') return { loss: imputeOneStep(runtime.ops, weights, hyper, batch, detach).loss };
    const options = { ...lossWeights, mortalityReachesImputer, detach };
    const { batchStatistics, ...joint } = jointLoss(runtime.ops, weights, hyper, batch, options);
    return { loss: joint.loss, report: { ...joint, ...batchStatistics } };
  });
  disposeBatch(runtime, batch);
  return result;
}

function riskStep(
  { runtime, settings }: TrainingTask,
  trainer: AdamTrainer,
  labelled: IndexedWindows,
  { member, drawKey }: StepGoal,
  imputer: FrozenImputer,
): StepResult {
  const { hyper, lossWeights } = settings;
  const expect = (windows: readonly WindowToExpect[]): ExpectedValues[] => imputer.expect(windows);
  const batch = riskBatch(runtime, hyper, labelled, expect, randomOf(drawKey), drawKey);
  const result = trainer.step((weights) => {
    const { batchStatistics, ...parts } = riskLoss(runtime.ops, weights, hyper, batch, lossWeights, member);
    return { loss: parts.loss, report: { ...parts, ...batchStatistics } };
  });
  disposeBatch(runtime, batch);
  return result;
}

function imputerLosses({ loss }: StepResult): StepLosses {
  return { loss, imputation: loss, mortality: 0, contrastive: 0 };
}

function riskLosses({ loss, report }: StepResult): { losses: StepLosses; statistics: RunningStatistics } {
  const scalar = (name: string): number => report[name]?.[0] ?? 0;
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
