import type { AdamState, AdamTrainer } from '#engine';
import { runningAverageNames, type NetworkWeights } from '#network';
import { planEpoch } from '../batches/epoch-plan.js';
import { writeCheckpoint, type Checkpoint } from './checkpoint.js';
import type { FrozenImputer } from './frozen-imputer.js';
import { RiskValidation } from './risk-validation.js';
import { updateStatistics, type RunningStatistics } from './running-statistics.js';
import { stepOnce } from './step-once.js';
import { learningRateAt, phaseOf, rateOf, type TrainingPhase, type TrainingStage } from './training-settings.js';
import type { TrainingCost } from './training-cost.js';
import type { TrainingTask } from './training-task.js';
import { validate, type ValidationResult } from './validate.js';

/** Batches between two checkpoints within an epoch. */
const CHECKPOINT_EVERY_BATCHES = 40;

/** Where a stage begins: at its first step with the weights that it moves, or where a checkpoint left it. */
export interface StageStart {
  /** Counted over all stages. */
  readonly epoch: number;
  readonly batch: number;
  /** Of a new stage. */
  readonly weights?: NetworkWeights;
  /** Of a stage that goes on. */
  readonly adam?: AdamState;
  readonly statistics: RunningStatistics;
  /** Of all stages so far. */
  readonly history: readonly ValidationResult[];
  readonly best?: NetworkWeights;
}

/** A stage to run. */
export interface StageRun {
  readonly stage: TrainingStage;
  /** Its place among the stages. */
  readonly at: number;
  /** All networks as the stages before it left them. */
  readonly learned: NetworkWeights;
  readonly begin: StageStart;
  readonly cost: () => TrainingCost;
  /** The imputer of `learned`, shared by all stages that do not move it. */
  readonly frozenImputer: () => FrozenImputer;
}

/** How a stage ended; `weights` are the averaged ones of its best epoch, of those that it moves. */
export type StageEnd =
  | { readonly kind: 'finished'; readonly weights: NetworkWeights; readonly history: readonly ValidationResult[] }
  | { readonly kind: 'interrupted'; readonly epoch: number; readonly batch: number };

/** Trains until the stage's epochs are over, validation has not improved for `patience` epochs, or a stop is asked for. */
export async function runStage(task: TrainingTask, run: StageRun): Promise<StageEnd> {
  const { runtime, settings } = task;
  const { stage, learned, begin } = run;
  const { clipNorm, averageDecay, weightDecay } = settings;
  const trainer = runtime.adam(begin.adam?.weights ?? begin.weights!, { clipNorm, averageDecay, weightDecay });
  if (begin.adam !== undefined) trainer.importState(begin.adam);
  const frozen = stage.frozenImputer
    ? { imputer: run.frozenImputer(), validation: RiskValidation.of(task, learned, stage) }
    : undefined;
  try {
    return await runEpochs(task, run, trainer, frozen);
  } finally {
    trainer.dispose();
  }
}

interface Frozen {
  readonly imputer: FrozenImputer;
  readonly validation: RiskValidation;
}

async function runEpochs(
  task: TrainingTask,
  { stage, at, learned, begin, cost }: StageRun,
  trainer: AdamTrainer,
  frozen: Frozen | undefined,
): Promise<StageEnd> {
  const { settings, observer } = task;
  const history = [...begin.history];
  const statistics = { ...begin.statistics };
  let best = begin.best;
  const save = (epoch: number, batch: number): Promise<void> => {
    const state: Checkpoint = {
      ...{ identity: task.identity, stage: at, epoch, batch, ...cost(), statistics, history },
      adam: trainer.exportState(),
      ...(best === undefined ? {} : { best }),
      ...(stage.frozenImputer ? { learned } : {}),
    };
    return writeCheckpoint(task.checkpointPath, state);
  };
  const seed = stage.member === 0 ? settings.seed : `${settings.seed}|member ${stage.member}`;
  const end = stage.firstEpoch + stage.epochs;
  for (let epoch = begin.epoch; epoch < end && !hasStalled(history, stage, settings.patience); epoch++) {
    const phase = phaseOf(settings, stage, epoch);
    trainer.scaleRates((name) => rateOf(settings, phase, name));
    const batches = planEpoch(
      task.encoder.store,
      stage.frozenImputer ? settings.riskBatchSize : settings.batchSize,
      seed,
      epoch,
    );
    for (let batch = epoch === begin.epoch ? begin.batch : 0; batch < batches.length; batch++) {
      const step = (epoch - stage.firstEpoch) * batches.length + batch;
      trainer.learningRate = learningRateAt(settings, stage, step, batches.length);
      const goal = { phase, member: stage.member, frozen: frozen?.imputer, drawKey: `${seed}|${epoch}|${batch}` };
      const { losses, statistics: found } = stepOnce(task, trainer, batches[batch]!, goal);
      const before = stage.frozenImputer ? 0 : settings.pretrainEpochs * batches.length;
      if (found !== undefined) updateStatistics(statistics, found, trainer.steps - before);
      observer.step(epoch, batch, batches.length, losses);
      if (task.signal.aborted) {
        await save(epoch, batch + 1);
        return { kind: 'interrupted', epoch, batch: batch + 1 };
      }
      if ((batch + 1) % CHECKPOINT_EVERY_BATCHES === 0) await save(epoch, batch + 1);
    }
    assignStatistics(trainer, stage, statistics);
    const result = validateNow(task, trainer, phase, frozen);
    // where no hour has both outcomes, no epoch is better than another, and the last one counts
    const isBest =
      phase !== 'imputer' &&
      Object.values(result.auroc).some((area) => !Number.isNaN(area)) &&
      ofStage(history, stage).every(({ meanAuroc }) => meanAuroc < result.meanAuroc);
    history.push(result);
    if (isBest) best = trainer.exportWeights('averaged');
    observer.epochEnded(epoch, result, isBest);
    task.onEpochWeights?.(epoch, () => ({ ...learned, ...trainer.exportWeights('averaged') }));
    await save(epoch + 1, 0);
  }
  return { kind: 'finished', weights: best ?? trainer.exportWeights('averaged'), history };
}

function assignStatistics(trainer: AdamTrainer, { member }: TrainingStage, statistics: RunningStatistics): void {
  const names = runningAverageNames(member);
  trainer.assign(names.mean, statistics.mean);
  trainer.assign(names.variance, statistics.variance);
}

function validateNow(
  task: TrainingTask,
  trainer: AdamTrainer,
  phase: TrainingPhase,
  frozen: Frozen | undefined,
): ValidationResult {
  const { runtime, settings, encoder, validationWindows } = task;
  return trainer.evaluate((weights) => {
    if (frozen !== undefined) return frozen.validation.validate(weights);
    return validate({ runtime, hyper: settings.hyper, weights }, encoder, validationWindows, phase);
  }, 'averaged');
}

/** Epochs of a stage in which a risk network was learned. */
function ofStage(history: readonly ValidationResult[], { member }: TrainingStage): ValidationResult[] {
  return history.filter((one) => one.phase !== 'imputer' && one.member === member);
}

/** True when further epochs of a stage no longer bring anything better. */
function hasStalled(history: readonly ValidationResult[], stage: TrainingStage, patience: number): boolean {
  const own = ofStage(history, stage);
  const best = own.reduce((at, { meanAuroc }, epoch) => (meanAuroc > own[at]!.meanAuroc ? epoch : at), 0);
  return own.length - 1 - best >= patience;
}
