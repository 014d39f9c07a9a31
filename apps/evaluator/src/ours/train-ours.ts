import type { TensorRuntime } from '#engine';
import { STATIC_FEATURES, STATISTIC_FEATURES, type LossWeights } from '#model';
import { NETWORK_PRESETS, type HyperParameters, type NetworkWeights } from '#network';
import { DEFAULT_SETTINGS, PAPER_SETTINGS, WindowEncoder, type TrainingSettings, type TrainingTask } from '#training';
import { digestOfJson } from '../cells/cell-store.js';
import type { EvaluateOptions } from '../command-line.js';
import type { FitTask } from '../mortality/fit-task.js';
import type { Session } from '../session.js';
import { trainResumably } from './train-resumably.js';

/** Which losses our networks are trained by. */
export interface OursVariant {
  readonly name: string;
  readonly lossWeights: LossWeights;
  /** False: the imputer does not learn from mortality. */
  readonly mortalityReachesImputer: boolean;
}

/** Training windows that stand in for a validation part where a preset has none. */
const STAND_IN_WINDOWS = 300;

/** Sizes of our networks for the windows of a task. */
export function hyperOf({ store }: FitTask, sizes: EvaluateOptions['sizes']): HyperParameters {
  return {
    ...NETWORK_PRESETS[sizes],
    signals: store.signals.length,
    hours: store.hours,
    staticSize: STATIC_FEATURES.length,
    statistics: STATISTIC_FEATURES.length,
  };
}

/** Weights of the losses that a preset uses: the published ones, or those of what is served. */
export function lossWeightsOf({ preset }: EvaluateOptions): LossWeights {
  return preset === 'paper' ? PAPER_SETTINGS.lossWeights : DEFAULT_SETTINGS.lossWeights;
}

/** Settings of a training; a teacher would hide what the losses do, so there is none. */
export function settingsOf(options: EvaluateOptions, task: FitTask, variant: OursVariant): TrainingSettings {
  const { seed, epochs, preset, patience, pretrainEpochs, sizes, batchSize } = options;
  return {
    ...DEFAULT_SETTINGS,
    ...(preset === 'paper' ? PAPER_SETTINGS : {}),
    ...{ seed, epochs, pretrainEpochs, batchSize },
    // Without a validation part, nothing may stop a training early.
    patience: preset === 'paper' ? pretrainEpochs + epochs : patience,
    teacherShare: 0,
    lossWeights: variant.lossWeights,
    mortalityReachesImputer: variant.mortalityReachesImputer,
    hyper: hyperOf(task, sizes),
  };
}

/**
 * Trains our networks on the training side of a task. A stop takes effect after the current step; the same command then goes on from the
 * checkpoint that lies among the cells.
 *
 * @returns the weights of the best epoch by validation
 */
export async function trainOurs(
  session: Session,
  runtime: TensorRuntime,
  task: FitTask,
  settings: TrainingSettings,
  onEpochWeights?: TrainingTask['onEpochWeights'],
): Promise<NetworkWeights> {
  const { context, cells } = session;
  const validation = task.validation === task.training ? task.training.slice(0, STAND_IN_WINDOWS) : task.validation;
  const { weights } = await trainResumably({
    runtime,
    encoder: new WindowEncoder(task.store, task.scales),
    settings,
    validationWindows: new Map([[task.hour, validation]]),
    identity: digestOfJson({ settings, task: task.decides }),
    folder: cells.directory,
    onResumed: (epoch) => context.print(`  going on at epoch ${epoch + 1}`),
    onEpoch: (epoch, { auroc, imputationRmse }) =>
      context.print(
        `  epoch ${epoch + 1} of ${settings.pretrainEpochs + settings.epochs}: AUROC ${auroc[task.hour]?.toFixed(4) ?? '-'}, imputation RMSE ${imputationRmse.toFixed(4)}`,
      ),
    ...(onEpochWeights === undefined ? {} : { onEpochWeights }),
    nowMs: context.nowMs,
    signal: context.signal,
  });
  return weights;
}
