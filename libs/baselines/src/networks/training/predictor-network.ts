import type { Ops, Weights } from '#network';
import type { PlannedArray } from '../parts/planned-array.js';
import type { GridSize, OutcomeBatch, WindowBatch } from './window-batch.js';

/** What a training step of a predicting network gives. */
export interface PredictorLoss<T> {
  /** The number to lower. */
  readonly loss: T;
  /** Batch statistics; the array of the same name follows their running average. */
  readonly statistics?: Record<string, T>;
}

/** A predicting network: what it learns, its loss, and the log-odds of death. `NetworkPredictor` trains and keeps it. */
export interface PredictorNetwork {
  /** Such as `gru-d`. */
  readonly id: string;
  /** Every array that is learned or kept. @throws RangeError where the network cannot be built for this size */
  plan(size: GridSize): PlannedArray[];
  loss<T>(ops: Ops<T>, weights: Weights<T>, batch: OutcomeBatch, random: () => number): PredictorLoss<T>;
  /** [batch]; the risk is its sigmoid */
  logit<T>(ops: Ops<T>, weights: Weights<T>, batch: WindowBatch): T;
}
