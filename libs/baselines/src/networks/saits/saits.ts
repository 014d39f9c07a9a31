import { linearLayer, type Ops, type Weights } from '#network';
import { biasedTransformerLayer, NO_ATTENTION } from '../parts/biased-transformer-layer.js';
import { maskedAbsoluteError } from '../parts/losses.js';
import { linearArrays, transformerArrays, type PlannedArray } from '../parts/planned-array.js';
import { sinePositions } from '../parts/sine-positions.js';
import { estimateOnce } from '../training/estimate-once.js';
import type { ImputerNetwork } from '../training/imputer-network.js';
import type { GridSize, HiddenBatch, WindowBatch } from '../training/window-batch.js';

/** Sizes of SAITS. */
export interface SaitsSizes {
  /** Width of a token; a multiple of `heads`. */
  readonly channels: number;
  readonly heads: number;
  /** Attention layers of each of the two blocks. */
  readonly layers: number;
  readonly feedForward: number;
}

/** The three estimates of SAITS, [batch, hour, signal] each: the first block's, the second block's, and both weighed. */
export interface SaitsEstimates<T> {
  readonly first: T;
  readonly second: T;
  readonly combined: T;
}

/**
 * SAITS (Du, Côté and Liu 2023, "SAITS: Self-attention-based imputation for time series"): two blocks of attention over the hours in
 * which no hour may look at itself, the second one seeing the gaps filled by the first, and a learned weight between the two.
 *
 * Loss: the mean absolute error of all three estimates at what is shown (ORT), and of the weighed one at what is hidden (MIT).
 */
export function saits(sizes: SaitsSizes): ImputerNetwork {
  return {
    id: 'saits',
    stopsBy: 'masked-mae',
    plan: (size) => planSaits(sizes, size),
    loss: (ops, weights, batch) => saitsLoss(ops, weights, sizes, batch),
    estimate: (runtime, weights, batch) =>
      estimateOnce(runtime, (ops) => ops.transpose(saitsEstimates(ops, weights, sizes, batch).combined, [0, 2, 1])),
  };
}

function planSaits({ channels, layers, feedForward }: SaitsSizes, { signals, hours }: GridSize): PlannedArray[] {
  const block = (name: string): PlannedArray[] => [
    ...linearArrays(`${name}.embed`, 2 * signals, channels),
    ...Array.from({ length: layers }, (_, layer) =>
      transformerArrays(`${name}.layer${layer}`, channels, feedForward),
    ).flat(),
  ];
  return [
    ...block('first'),
    ...linearArrays('first.out', channels, signals),
    ...block('second'),
    ...linearArrays('second.out1', channels, signals),
    ...linearArrays('second.out2', signals, signals),
    ...linearArrays('combine', hours + signals, signals),
  ];
}

/** The three estimates of each entry of a batch. */
export function saitsEstimates<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  sizes: SaitsSizes,
  batch: WindowBatch,
): SaitsEstimates<T> {
  const values = byHour(ops, batch.values, batch);
  const mask = byHour(ops, batch.mask, batch);
  const gaps = ops.offset(ops.scale(mask, -1), 1);
  const one = block(ops, weights, 'first', sizes, batch, ops.concat([values, mask], 2));
  const first = linearLayer(ops, weights, 'first.out', one.tokens);
  const filled = ops.add(values, ops.multiply(gaps, first));
  const two = block(ops, weights, 'second', sizes, batch, ops.concat([filled, mask], 2));
  const second = linearLayer(
    ops,
    weights,
    'second.out2',
    ops.relu(linearLayer(ops, weights, 'second.out1', two.tokens)),
  );
  const looked = ops.concat([ops.reduceMean(two.shares, [1]), mask], 2);
  const share = ops.sigmoid(linearLayer(ops, weights, 'combine', looked));
  const combined = ops.add(first, ops.multiply(share, ops.subtract(second, first)));
  return { first, second, combined };
}

function saitsLoss<T>(ops: Ops<T>, weights: Weights<T>, sizes: SaitsSizes, batch: HiddenBatch): T {
  const { first, second, combined } = saitsEstimates(ops, weights, sizes, batch);
  const [truth, shown, hidden] = [batch.truth, batch.mask, batch.hidden].map((x) => byHour(ops, x, batch)) as [T, T, T];
  const error = (found: T, mask: T): T => maskedAbsoluteError(ops, found, truth, mask, [0, 1, 2]);
  const reconstruction = ops.add(ops.add(error(first, shown), error(second, shown)), error(combined, shown));
  return ops.add(ops.scale(reconstruction, 1 / 3), error(combined, hidden));
}

function block<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  name: string,
  { channels, heads, layers }: SaitsSizes,
  { hours }: GridSize,
  inputs: T,
): { tokens: T; shares: T } {
  const place = ops.constant(sinePositions(hours, channels), [1, hours, channels]);
  const bias = ops.constant(diagonal(hours), [1, 1, hours, hours]);
  let tokens = ops.add(linearLayer(ops, weights, `${name}.embed`, inputs), place);
  let shares: T | undefined;
  for (let layer = 0; layer < layers; layer++) {
    const sizes = { tokens: hours, channels, heads };
    const result = biasedTransformerLayer(ops, weights, `${name}.layer${layer}`, tokens, sizes, bias);
    [tokens, shares] = [result.next, result.shares];
  }
  if (shares === undefined) throw new RangeError('SAITS needs at least one layer in each block, and was given none');
  return { tokens, shares };
}

/** [hour, hour] that lets no hour look at itself. */
function diagonal(hours: number): Float32Array {
  return Float32Array.from({ length: hours * hours }, (_, at) =>
    Math.floor(at / hours) === at % hours ? NO_ATTENTION : 0,
  );
}

/** [batch, signal, hour] → [batch, hour, signal] */
function byHour<T>(ops: Ops<T>, x: Float32Array, { count, signals, hours }: WindowBatch): T {
  return ops.transpose(ops.constant(x, [count, signals, hours]), [0, 2, 1]);
}
