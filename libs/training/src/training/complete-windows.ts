import type { Tensor, TensorRuntime } from '#engine';
import { encodeMeasured } from '#model';
import { assessRisk, encodeWindow, type CompleteWindows, type HyperParameters, type Weights } from '#network';
import { joined } from '../batches/joined.js';
import type { EncodedWindow } from '../batches/window-encoder.js';

/** Weights to validate, in the hands of the engine. */
export interface NetworkUnderTest {
  readonly runtime: TensorRuntime;
  readonly hyper: HyperParameters;
  readonly weights: Weights<Tensor>;
}

/** Windows without gaps as the risk network reads them, out of the engine's hands: see `CompleteWindows` for the shapes. */
export interface CompletedWindows extends CompleteWindows<Float32Array> {
  readonly batch: number;
}

/** Windows whose gaps hold the imputer's center. */
export function completeWindows(
  { runtime, hyper, weights }: NetworkUnderTest,
  windows: readonly EncodedWindow[],
): CompletedWindows {
  const { signals, hours, staticSize } = hyper;
  const measured = windows.map(({ values, mask }) => encodeMeasured(values, mask, hours));
  const observed = {
    values: joined(windows.map(({ values }) => values)),
    mask: joined(windows.map(({ mask }) => mask)),
    hoursSince: joined(measured.map(({ hoursSince }) => hoursSince)),
    static: joined(windows.map((window) => window.static)),
  };
  let center: Float32Array = new Float32Array();
  runtime.scope(() => {
    const grid = (values: Float32Array): Tensor => runtime.tensor(values, [windows.length, signals, hours]);
    const encoded = encodeWindow(runtime.ops, weights, hyper, {
      values: grid(observed.values),
      mask: grid(observed.mask),
      hoursSince: grid(observed.hoursSince),
      static: runtime.tensor(observed.static, [windows.length, staticSize]),
    });
    center = runtime.read(encoded.center);
  });
  return {
    ...observed,
    batch: windows.length,
    values: observed.values.map((value, entry) => (observed.mask[entry] === 1 ? value : center[entry]!)),
    statistics: joined(measured.map((window) => window.statistics)),
  };
}

/** Log odds of complete windows by one risk network, read as it is served. */
export function logitsOf(
  { runtime, hyper, weights }: NetworkUnderTest,
  windows: CompletedWindows,
  member: number,
): Float32Array {
  const { signals, hours, staticSize, statistics } = hyper;
  const { batch } = windows;
  let logits: Float32Array = new Float32Array();
  runtime.scope(() => {
    const grid = (values: Float32Array): Tensor => runtime.tensor(values, [batch, signals, hours]);
    const complete = {
      values: grid(windows.values),
      mask: grid(windows.mask),
      hoursSince: grid(windows.hoursSince),
      statistics: runtime.tensor(windows.statistics, [batch, signals, statistics]),
      static: runtime.tensor(windows.static, [batch, staticSize]),
    };
    logits = runtime.read(assessRisk(runtime.ops, weights, hyper, complete, { training: false }, member).logit);
  });
  return logits;
}
