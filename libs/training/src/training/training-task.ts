import type { TensorRuntime } from '#engine';
import type { NetworkWeights } from '#network';
import type { WindowSource } from '../batches/window-encoder.js';
import type { StepLosses } from './step-once.js';
import type { TrainingSettings } from './training-settings.js';
import type { ValidationResult } from './validate.js';

/** Who is told how a training goes; epochs are counted from 0 over all stages. */
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
  /** Weights to start from, by name; those that are not among them start anew. */
  readonly startFrom?: NetworkWeights;
  readonly observer: TrainingObserver;
  /** Probability of death of each window of the store, by a teacher that has not learned from the window's patient. */
  readonly teacher?: ArrayLike<number>;
  /** Told after each epoch, counted from 0 over all stages; `weights` copies the averaged weights of all networks as they are now. */
  readonly onEpochWeights?: (epoch: number, weights: () => NetworkWeights) => void;
  readonly nowMs: () => number;
  /** Memory of this process at most, MiB. */
  readonly memoryPeakMb?: () => number;
  /** Asks for an orderly stop after the current step. */
  readonly signal: AbortSignal;
}
