import {
  initialWeights,
  planRiskWeights,
  planWeights,
  runningAverageNames,
  type HyperParameters,
  type NetworkWeights,
} from '#network';
import { randomOf } from '../batches/epoch-plan.js';
import { readCheckpoint, type Checkpoint } from './checkpoint.js';
import { FrozenImputer } from './frozen-imputer.js';
import { runStage, type StageStart } from './run-stage.js';
import { planStages, type TrainingSettings, type TrainingStage } from './training-settings.js';
import { costFrom, type TrainingCost } from './training-cost.js';
import type { TrainingTask } from './training-task.js';
import type { ValidationResult } from './validate.js';

/** How a training ended. */
export type TrainingEnd =
  | ({
      readonly kind: 'finished';
      /** Of each stage the averaged weights of its best epoch. */
      readonly weights: NetworkWeights;
      /** What was asked for, but with no more risk networks than were trained. */
      readonly hyper: HyperParameters;
      readonly history: readonly ValidationResult[];
    } & TrainingCost)
  | { readonly kind: 'interrupted'; readonly epoch: number; readonly batch: number };

/** The contrast is between stays, and a batch of one has no variance. */
const LEAST_STAYS = 2;

/** A checkpoint that belongs to another training, or holds too little for what is asked. */
export class CheckpointMismatch extends Error {
  override readonly name = 'CheckpointMismatch';
}

/**
 * Trains both networks jointly, then each further risk network on the imputer that is there. A stage ends when its epochs are over or
 * validation has not improved for `patience` epochs; the training ends with the last stage, or when a stop is asked for.
 *
 * @throws CheckpointMismatch when the checkpoint to resume was written with other settings or data; RangeError when the imputer shall be
 * frozen, but none is given, or when there are fewer than two training stays
 */
export async function train(task: TrainingTask): Promise<TrainingEnd> {
  const { settings, observer } = task;
  checkGiven(task);
  const start = await checkpointOf(task);
  const stages = planStages(settings);
  let learned = start?.learned ?? startingWeights(task);
  let history = start?.history ?? [];
  const cost = costFrom(start, task.nowMs, task.memoryPeakMb);
  if (start !== undefined && task.finishNow === true)
    return finished(
      settings,
      { ...learned, ...start.best },
      settings.keptMembers + start.stage + Number(start.best !== undefined),
      history,
      start,
    );
  if (start !== undefined && !isOver(stages.at(-1)!, start)) observer.resumed(start.epoch, start.batch);
  let imputer: FrozenImputer | undefined;
  const frozenImputer = (): FrozenImputer => (imputer ??= new FrozenImputer(task.runtime, settings.hyper, learned));
  try {
    for (let at = start?.stage ?? 0; at < stages.length; at++) {
      const begin = at === start?.stage ? start : newStage(task, stages[at]!, learned, history);
      const end = await runStage(task, { stage: stages[at]!, at, learned, begin, cost, frozenImputer });
      if (end.kind === 'interrupted') return end;
      learned = { ...learned, ...end.weights };
      history = end.history;
    }
  } finally {
    imputer?.dispose();
  }
  return finished(settings, learned, settings.hyper.risk.members, history, cost());
}

function checkGiven({ settings, startFrom, encoder }: TrainingTask): void {
  const { freezeImputer, keptMembers, hyper } = settings;
  if (freezeImputer && startFrom === undefined)
    throw new RangeError('the imputer shall stay as it is, but none was given: name weights to start from');
  if (keptMembers > 0 && (!freezeImputer || keptMembers >= hyper.risk.members))
    throw new RangeError(
      `${keptMembers} of ${hyper.risk.members} risk networks shall stay as they are: freeze the imputer, too, and ask for more networks`,
    );
  const stays = new Set(
    encoder.store.labels.flatMap(({ part, datasetId, stayId }) => (part === 'train' ? [`${datasetId}|${stayId}`] : [])),
  ).size;
  if (stays < LEAST_STAYS)
    throw new RangeError(`${stays} training stays are too few to learn from: at least ${LEAST_STAYS} are needed`);
}

async function checkpointOf(task: TrainingTask): Promise<Checkpoint | undefined> {
  const { checkpointPath } = task;
  const start = task.resume ? await readCheckpoint(checkpointPath) : undefined;
  if (start !== undefined && start.identity !== task.identity)
    throw new CheckpointMismatch(
      `${checkpointPath} belongs to a training with other settings or data: repeat those, or start anew without --resume`,
    );
  if (task.finishNow === true && start?.best === undefined && start?.learned === undefined)
    throw new CheckpointMismatch(`${checkpointPath} holds no finished epoch to end with: train for one epoch first`);
  return start;
}

/** New weights, but for those that the training starts from. */
function startingWeights({ settings, startFrom = {} }: TrainingTask): NetworkWeights {
  const fresh = initialWeights(settings.hyper, randomOf(`${settings.seed}|weights`));
  return Object.fromEntries(Object.entries(fresh).map(([name, array]) => [name, startFrom[name] ?? array]));
}

function newStage(
  { settings }: TrainingTask,
  stage: TrainingStage,
  learned: NetworkWeights,
  history: readonly ValidationResult[],
): StageStart {
  const { mean, variance } = runningAverageNames(stage.member);
  const names = (stage.frozenImputer ? planRiskWeights(settings.hyper, stage.member) : planWeights(settings.hyper)).map(
    ({ name }) => name,
  );
  return {
    epoch: stage.firstEpoch,
    batch: 0,
    weights: Object.fromEntries(names.map((name) => [name, learned[name]!])),
    statistics: { mean: learned[mean]!.values, variance: learned[variance]!.values },
    history,
  };
}

function isOver({ firstEpoch, epochs }: TrainingStage, { epoch }: Checkpoint): boolean {
  return epoch >= firstEpoch + epochs;
}

function finished(
  { hyper }: TrainingSettings,
  weights: NetworkWeights,
  members: number,
  history: readonly ValidationResult[],
  { elapsedMs, memoryPeakMb }: TrainingCost,
): TrainingEnd {
  const trained = { ...hyper, risk: { ...hyper.risk, members } };
  const measured = { elapsedMs, ...(memoryPeakMb === undefined ? {} : { memoryPeakMb }) };
  const kept = Object.fromEntries(planWeights(trained).map(({ name }) => [name, weights[name]!]));
  return { kind: 'finished', weights: kept, hyper: trained, history, ...measured };
}
