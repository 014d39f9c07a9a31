import type { Tensor, TensorRuntime } from '#engine';
import { encodeMeasured } from '#model';
import { assessRisk, encodeWindow, type HyperParameters, type NetworkWeights } from '#network';
import type { EncodedWindow, WindowSource } from '#training';

const BATCH_SIZE = 64;

/** What our networks say of windows, gaps filled with the imputer's centre. */
export interface ReadWindows {
  /** [window] probabilities, not calibrated. */
  readonly risks: Float32Array;
  /** [window, embedding] */
  readonly embeddings: Float32Array;
}

/** Reads windows with weights at hand: one step from window to risk, as training validates, not the sampler that is served. */
export function readWindows(
  runtime: TensorRuntime,
  hyper: HyperParameters,
  networkWeights: NetworkWeights,
  encoder: WindowSource,
  indices: readonly number[],
): ReadWindows {
  const width = hyper.risk.embedding;
  const risks = new Float32Array(indices.length);
  const embeddings = new Float32Array(indices.length * width);
  const weights = runtime.tensors(networkWeights);
  try {
    for (let first = 0; first < indices.length; first += BATCH_SIZE) {
      const windows = indices.slice(first, first + BATCH_SIZE).map((index) => encoder.encode(index));
      const { logit, embedding } = readBatch(runtime, hyper, weights, windows);
      risks.set(
        logit.map((value) => 1 / (1 + Math.exp(-value))),
        first,
      );
      embeddings.set(embedding, first * width);
    }
  } finally {
    runtime.dispose(weights);
  }
  return { risks, embeddings };
}

function readBatch(
  runtime: TensorRuntime,
  hyper: HyperParameters,
  weights: Record<string, Tensor>,
  windows: readonly EncodedWindow[],
): { logit: Float32Array; embedding: Float32Array } {
  const { ops } = runtime;
  const { signals, hours, staticSize, statistics } = hyper;
  const measured = windows.map(({ values, mask }) => encodeMeasured(values, mask, hours));
  return runtime.scope(() => {
    const tensor = (rows: readonly Float32Array[], ...shape: number[]): Tensor =>
      runtime.tensor(joined(rows), [rows.length, ...shape]);
    const observed = {
      values: tensor(
        windows.map(({ values }) => values),
        signals,
        hours,
      ),
      mask: tensor(
        windows.map(({ mask }) => mask),
        signals,
        hours,
      ),
      hoursSince: tensor(
        measured.map(({ hoursSince }) => hoursSince),
        signals,
        hours,
      ),
      static: tensor(
        windows.map((window) => window.static),
        staticSize,
      ),
    };
    const { center } = encodeWindow(ops, weights, hyper, observed);
    const gaps = ops.offset(ops.scale(observed.mask, -1), 1);
    const { logit, embedding } = assessRisk(
      ops,
      weights,
      hyper,
      {
        ...observed,
        values: ops.add(observed.values, ops.multiply(center, gaps)),
        statistics: tensor(
          measured.map((window) => window.statistics),
          signals,
          statistics,
        ),
      },
      { training: false },
    );
    return { logit: runtime.read(logit), embedding: runtime.read(embedding) };
  });
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
