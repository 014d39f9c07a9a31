import type { Tensor, TensorRuntime } from '#engine';
import type { Ops } from '#network';
import type { Estimate } from './imputer-network.js';

/** The estimate of a network that gives one number an entry: its [batch, signal, hour] read, everything else freed. */
export function estimateOnce(runtime: TensorRuntime, work: (ops: Ops<Tensor>) => Tensor): Estimate {
  return { values: runtime.scope(() => runtime.read(work(runtime.ops))) };
}
