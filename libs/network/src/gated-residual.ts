import type { HyperParameters } from './hyper-parameters.js';
import { linearLayer } from './linear-layer.js';
import type { Ops } from './ops.js';
import { transformerLayer } from './transformer-layer.js';
import type { Weights } from './weights.js';

/** What a residual layer hands on: to the next layer, and to the sum over all layers. */
export interface Residual<T> {
  next: T;
  skip: T;
}

/**
 * One residual layer of CSDI (Tashiro et al. 2021): attention over the hours of a signal, then over the signals of an hour, then a
 * gated activation that also sees the side information.
 * @param x    [..., signal, hour, channels]
 * @param seen what the transformers look at, same shape (x, or x with the diffusion step added)
 * @param side broadcast to the shape of x
 */
export function gatedResidual<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  name: string,
  hyper: HyperParameters,
  { x, seen, side }: { x: T; seen: T; side: T },
): Residual<T> {
  const mixed = mixSignals(ops, weights, `${name}.signal`, hyper, mixHours(ops, weights, `${name}.time`, hyper, seen));
  const middle = ops.add(
    linearLayer(ops, weights, `${name}.mid`, ops.reshapeLike(mixed, x)),
    linearLayer(ops, weights, `${name}.side`, side),
  );
  const [gate, filter] = ops.split(middle, 2, -1) as [T, T];
  const gated = ops.multiply(ops.sigmoid(gate), ops.tanh(filter));
  const [residual, skip] = ops.split(linearLayer(ops, weights, `${name}.out`, gated), 2, -1) as [T, T];
  return { next: ops.scale(ops.add(x, residual), Math.SQRT1_2), skip };
}

/** [..., signal, hour, channels] → [rows, hour, channels], each signal attending over its hours. */
function mixHours<T>(ops: Ops<T>, weights: Weights<T>, name: string, hyper: HyperParameters, x: T): T {
  const { hours, channels, heads } = hyper;
  return transformerLayer(ops, weights, name, ops.reshape(x, [-1, hours, channels]), {
    tokens: hours,
    channels,
    heads,
  });
}

/** [rows, hour, channels] → [windows, signal, hour, channels], each hour attending over its signals. */
function mixSignals<T>(ops: Ops<T>, weights: Weights<T>, name: string, hyper: HyperParameters, x: T): T {
  const { signals, hours, channels, heads } = hyper;
  const byHour = ops.transpose(ops.reshape(x, [-1, signals, hours, channels]), [0, 2, 1, 3]);
  const rows = ops.reshape(byHour, [-1, signals, channels]);
  const mixed = transformerLayer(ops, weights, name, rows, { tokens: signals, channels, heads });
  return ops.transpose(ops.reshape(mixed, [-1, hours, signals, channels]), [0, 2, 1, 3]);
}
