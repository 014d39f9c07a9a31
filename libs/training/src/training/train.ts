import type { AdamTrainer, TensorRuntime } from '#engine';
import { initialWeights, RUNNING_MEAN, RUNNING_VARIANCE, type NetworkWeights } from '#network';
import { planEpoch, randomOf } from '../batches/epoch-plan.js';
import type { WindowSource } from '../batches/window-encoder.js';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.js';
import { updateStatistics } from './running-statistics.js';
import { stepOnce, type StepLosses } from './step-once.js';
import { learningRateAt, phaseOf, rateOf, type TrainingPhase, type TrainingSettings } from './training-settings.js';
import { validate, type ValidationResult } from './validate.js';

/** Batches between two checkpoints within an epoch. */
const CHECKPOINT_EVERY_BATCHES = 40;

/** Who is told how a training goes. */
export interface TrainingObserver {
  resumed(epoch: number, batch: number): void;
  step(epoch: number, batch: number, batches: number, losses: StepLosses): void;
  epochEnded(epoch: number, validation: ValidationResult, isBest: boolean): void;
}

/** What a training works on. */
export interface TrainingTask {
  readonly runtime: TensorRuntime;
  readonly encoder: WindowSource;
  readonly settings: TrainingSettings;
  /** Validation windows by the hour at which they end. */
  readonly validationWindows: ReadonlyMap<number, readonly number[]>;
  readonly identity: string;
  readonly checkpointPath: string;
  readonly resume: boolean;
  /** Ends at once with the best epoch of the checkpoint, instead of going on. */
  readonly finishNow?: boolean;
  readonly observer: TrainingObserver;
  /** Probability of death of each window of the store, by a teacher that has not learned from the window's patient. */
  readonly teacher?: ArrayLike<number>;
  /** Told after each epoch, counted from 0 over both phases; `weights` copies the averaged weights as they are now. */
  readonly onEpochWeights?: (epoch: number, weights: () => NetworkWeights) => void;
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
  const { clipNorm, averageDecay, weightDecay } = settings;
  const trainer = runtime.adam(start?.adam.weights ?? weights, { clipNorm, averageDecay, weightDecay });
  if (start !== undefined) {
    trainer.importState(start.adam);
    if (start.epoch < settings.pretrainEpochs + settings.epochs && task.finishNow !== true)
      observer.resumed(start.epoch, start.batch);
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
  const lastEpoch = task.finishNow === true ? 0 : settings.pretrainEpochs + settings.epochs;
  for (let epoch = start?.epoch ?? 0; epoch < lastEpoch && !hasStalled(history, settings.patience); epoch++) {
    const phase = phaseOf(settings, epoch);
    trainer.scaleRates((name) => rateOf(settings, phase, name));
    const batches = planEpoch(task.encoder.store, settings.batchSize, settings.seed, epoch);
    for (let batch = epoch === start?.epoch ? start.batch : 0; batch < batches.length; batch++) {
      trainer.learningRate = learningRateAt(settings, epoch * batches.length + batch, batches.length);
      const drawKey = `${settings.seed}|${epoch}|${batch}`;
      const { losses, statistics: found } = stepOnce(task, trainer, batches[batch]!, phase, drawKey);
      if (found !== undefined)
        updateStatistics(statistics, found, trainer.steps - settings.pretrainEpochs * batches.length);
      observer.step(epoch, batch, batches.length, losses);
      if (task.signal.aborted) {
        await save(epoch, batch + 1);
        return { kind: 'interrupted', epoch, batch: batch + 1 };
      }
      if ((batch + 1) % CHECKPOINT_EVERY_BATCHES === 0) await save(epoch, batch + 1);
    }
    trainer.assign(RUNNING_MEAN, statistics.mean);
    trainer.assign(RUNNING_VARIANCE, statistics.variance);
    const result = validateNow(task, trainer, phase);
    const isBest = phase === 'joint' && history.every(({ meanAuroc }) => meanAuroc < result.meanAuroc);
    history.push(result);
    if (isBest) best = trainer.exportWeights('averaged');
    observer.epochEnded(epoch, result, isBest);
    task.onEpochWeights?.(epoch, () => trainer.exportWeights('averaged'));
    await save(epoch + 1, 0);
  }
  const elapsedMs = task.nowMs() - startedAtMs;
  return { kind: 'finished', weights: best ?? trainer.exportWeights('averaged'), history, elapsedMs };
}

function validateNow(task: TrainingTask, trainer: AdamTrainer, phase: TrainingPhase): ValidationResult {
  const { runtime, settings, encoder, validationWindows } = task;
  return trainer.evaluate(
    (weights) => validate({ runtime, hyper: settings.hyper, weights }, encoder, validationWindows, phase),
    'averaged',
  );
}

/** True when joint epochs no longer bring anything better. */
function hasStalled(history: readonly ValidationResult[], patience: number): boolean {
  const joint = history.filter(({ phase }) => phase === 'joint');
  const best = joint.reduce((at, { meanAuroc }, epoch) => (meanAuroc > joint[at]!.meanAuroc ? epoch : at), 0);
  return joint.length - 1 - best >= patience;
}
