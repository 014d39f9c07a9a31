import type { Tensor, TensorRuntime } from '#engine';
import type { Ops, Weights } from '#network';
import type { PlannedArray } from '../parts/planned-array.js';
import type { GridSize, HiddenBatch, WindowBatch } from './window-batch.js';

/** What an imputing network says of the windows of a batch, measured entries included. */
export interface Estimate {
  /** [batch, signal, hour] */
  readonly values: Float32Array;
  /** Draws of [batch, signal, hour] each. */
  readonly samples?: readonly Float32Array[];
}

/** An imputing network: what it learns, its loss, and how it fills gaps. It holds nothing; `NetworkImputer` trains and keeps it. */
export interface ImputerNetwork {
  /** Such as `saits`. */
  readonly id: string;
  /** What early stopping goes by: the error at hidden entries, or, where that costs too much, the loss itself. */
  readonly stopsBy: 'masked-mae' | 'loss';
  /** Every array that is learned. @throws RangeError where the network cannot be built for this size */
  plan(size: GridSize): PlannedArray[];
  /** The number to lower. Hidden entries lie in `batch.truth` and must not reach what the network sees. */
  loss<T>(ops: Ops<T>, weights: Weights<T>, batch: HiddenBatch, random: () => number): T;
  /** Fills gaps from what the batch shows. Frees what it makes. */
  estimate(runtime: TensorRuntime, weights: Weights<Tensor>, batch: WindowBatch, random: () => number): Estimate;
}
