import type { AdamTrainer, Tensor, TensorRuntime } from '#engine';
import { jointLoss, PUBLISHED_LOSS_WEIGHTS } from '#model';
import { initialWeights, RUNNING_MEAN, RUNNING_VARIANCE, type NetworkWeights } from '#network';
import { planEpoch, randomOf } from '../batches/epoch-plan.js';
import { disposeBatch, trainingBatch } from '../batches/training-batch.js';
import type { WindowEncoder } from '../batches/window-encoder.js';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.js';
import { updateStatistics } from './running-statistics.js';
import { learningRateAt, type TrainingSettings } from './training-settings.js';
import { validate, type ValidationResult } from './validate.js';

/** Batches between two checkpoints within an epoch. */
const CHECKPOINT_EVERY_BATCHES = 40;

/** Losses of one step. */
export interface StepLosses {
  readonly loss: number;
  readonly imputation: number;
  readonly mortality: number;
  readonly contrastive: number;
}

/** Who is told how a training goes. */
export interface TrainingObserver {
  resumed(epoch: number, batch: number): void;
  step(epoch: number, batch: number, batches: number, losses: StepLosses): void;
  epochEnded(epoch: number, validation: ValidationResult, isBest: boolean): void;
}

/** What a training works on. */
export interface TrainingTask {
  readonly runtime: TensorRuntime;
  readonly encoder: WindowEncoder;
  readonly settings: TrainingSettings;
  /** Validation windows by the hour at which they end. */
  readonly validationWindows: ReadonlyMap<number, readonly number[]>;
  readonly identity: string;
  readonly checkpointPath: string;
  readonly resume: boolean;
  /** Ends at once with the best epoch of the checkpoint, instead of going on. */
  readonly finishNow?: boolean;
  readonly observer: TrainingObserver;
  readonly nowMs: () => number;
  /** Asks for an orderly stop after the current step. */
  readonly signal: AbortSignal;
}

/** How a training ended. `weights` are the averaged weights of the best epoch. */
export type TrainingEnd =
  | {
      readonly kind: 'finished';
      readonly weights: NetworkWeights;
      readonly history: readonly ValidationResult[];
      /** Wall time of the training, interruptions left out. */
      readonly elapsedMs: number;
    }
  | { readonly kind: 'interrupted'; readonly epoch: number; readonly batch: number };

/** A checkpoint that belongs to another training, or holds too little for what is asked. */
export class CheckpointMismatch extends Error {
  override readonly name = 'CheckpointMismatch';
}

/**
 * Trains both networks jointly until the epochs are over, validation has not improved for `patience` epochs, or a stop is asked for.
 *
 * @throws CheckpointMismatch when the checkpoint to resume was written with other settings or data
 */
export async function train(task: TrainingTask): Promise<TrainingEnd> {
  const { runtime, settings, observer } = task;
  const start = task.resume ? await readCheckpoint(task.checkpointPath) : undefined;
  if (start !== undefined && start.identity !== task.identity)
    throw new CheckpointMismatch(
      `${task.checkpointPath} belongs to a training with other settings or data: repeat those, or start anew without --resume`,
    );
  if (task.finishNow === true && start?.best === undefined)
    throw new CheckpointMismatch(
      `${task.checkpointPath} holds no finished epoch to end with: train for one epoch first`,
    );
  const weights = initialWeights(settings.hyper, randomOf(`${settings.seed}|weights`));
  const { clipNorm, averageDecay } = settings;
  const trainer = runtime.adam(start?.adam.weights ?? weights, { clipNorm, averageDecay });
  if (start !== undefined) {
    trainer.importState(start.adam);
    if (start.epoch < settings.epochs && task.finishNow !== true) observer.resumed(start.epoch, start.batch);
  }
  try {
    return await runEpochs(task, trainer, start);
  } finally {
    trainer.dispose();
  }
}

async function runEpochs(
  task: TrainingTask,
  trainer: AdamTrainer,
  start: Checkpoint | undefined,
): Promise<TrainingEnd> {
  const { settings, observer } = task;
  const units = settings.hyper.risk.lstmUnits;
  const statistics = start?.statistics ?? { mean: new Float32Array(units), variance: new Float32Array(units).fill(1) };
  const history = [...(start?.history ?? [])];
  let best = start?.best;
  const startedAtMs = task.nowMs() - (start?.elapsedMs ?? 0);
  const save = (epoch: number, batch: number): Promise<void> =>
    writeCheckpoint(task.checkpointPath, {
      identity: task.identity,
      epoch,
      batch,
      elapsedMs: task.nowMs() - startedAtMs,
      adam: trainer.exportState(),
      statistics,
      history,
      ...(best === undefined ? {} : { best }),
    });
  const lastEpoch = task.finishNow === true ? 0 : settings.epochs;
  for (let epoch = start?.epoch ?? 0; epoch < lastEpoch && !hasStalled(history, settings.patience); epoch++) {
    const batches = planEpoch(task.encoder.store, settings.batchSize, settings.seed, epoch);
    for (let batch = epoch === start?.epoch ? start.batch : 0; batch < batches.length; batch++) {
      trainer.learningRate = learningRateAt(settings, epoch * batches.length + batch, batches.length);
      const { losses, mean, variance } = stepOnce(task, trainer, batches[batch]!, `${settings.seed}|${epoch}|${batch}`);
      updateStatistics(statistics, { mean, variance }, trainer.steps);
      observer.step(epoch, batch, batches.length, losses);
      if (task.signal.aborted) {
        await save(epoch, batch + 1);
        return { kind: 'interrupted', epoch, batch: batch + 1 };
      }
      if ((batch + 1) % CHECKPOINT_EVERY_BATCHES === 0) await save(epoch, batch + 1);
    }
    trainer.assign(RUNNING_MEAN, statistics.mean);
    trainer.assign(RUNNING_VARIANCE, statistics.variance);
    const result = trainer.evaluate(
      (weights) =>
        validate({ runtime: task.runtime, hyper: settings.hyper, weights }, task.encoder, task.validationWindows),
      'averaged',
    );
    const isBest = history.every(({ meanAuroc }) => meanAuroc < result.meanAuroc);
    history.push(result);
    if (isBest) best = trainer.exportWeights('averaged');
    observer.epochEnded(epoch, result, isBest);
    await save(epoch + 1, 0);
  }
  const elapsedMs = task.nowMs() - startedAtMs;
  return { kind: 'finished', weights: best ?? trainer.exportWeights('averaged'), history, elapsedMs };
}

function stepOnce(
  { runtime, encoder, settings }: TrainingTask,
  trainer: AdamTrainer,
  indices: readonly number[],
  drawKey: string,
): { losses: StepLosses; mean: Float32Array; variance: Float32Array } {
  const windows = indices.map((index) => encoder.encode(index));
  const labels = indices.map((index) => Number(encoder.store.labels[index]!.died));
  const batch = trainingBatch(runtime, settings.hyper, { windows, labels }, randomOf(drawKey), drawKey);
  const detach = (tensor: Tensor): Tensor => runtime.tensor(runtime.read(tensor), runtime.shapeOf(tensor));
  const { loss, report } = trainer.step((weights) => {
    const { statistics, ...joint } = jointLoss(runtime.ops, weights, settings.hyper, batch, {
      ...PUBLISHED_LOSS_WEIGHTS,
      detach,
    });
    return { loss: joint.loss, report: { ...joint, mean: statistics.mean, variance: statistics.variance } };
  });
  disposeBatch(runtime, batch);
  if (!Number.isFinite(loss))
    throw new Error(`the loss is ${loss} at ${drawKey}: the training has diverged; lower --learning-rate`);
  const scalar = (name: string): number => report[name]![0]!;
  return {
    losses: {
      loss,
      imputation: scalar('imputation'),
      mortality: scalar('mortality'),
      contrastive: scalar('contrastive'),
    },
    mean: report['mean']!,
    variance: report['variance']!,
  };
}

function hasStalled(history: readonly ValidationResult[], patience: number): boolean {
  const best = history.reduce((at, { meanAuroc }, epoch) => (meanAuroc > history[at]!.meanAuroc ? epoch : at), 0);
  return history.length - 1 - best >= patience;
}
