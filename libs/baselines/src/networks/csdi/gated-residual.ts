import { linearLayer, transformerLayer, weight, type Ops, type Weights } from '#network';
import type { GridSize } from '../training/window-batch.js';
import type { CsdiSizes } from './csdi-sizes.js';

/** What every layer knows of an entry besides the values. */
export interface SideInformation<T> {
  /** [1, 1, hour, hourEmbedding] */
  readonly hour: T;
  /** [batch, signal, hour, 1] 1 where an observation is given */
  readonly mask: T;
  /** [batch, stepEmbedding] diffusion step */
  readonly step: T;
}

/** What a layer hands on: to the next layer, and to the sum over all layers. */
export interface Residual<T> {
  readonly next: T;
  readonly skip: T;
}

/**
 * One residual layer of CSDI (Tashiro et al. 2021, figure 6): attention over the hours of a signal, then over the signals of an hour,
 * then a gated activation that also sees the side information.
 * @param x [batch, signal, hour, channels]
 */
export function gatedResidual<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  name: string,
  { sizes, grid }: { sizes: CsdiSizes; grid: GridSize },
  x: T,
  side: SideInformation<T>,
): Residual<T> {
  const { channels, heads } = sizes;
  const { signals, hours } = grid;
  const step = ops.reshape(linearLayer(ops, weights, `${name}.step`, side.step), [-1, 1, 1, channels]);
  const byHour = ops.reshape(ops.add(x, step), [-1, hours, channels]);
  const overHours = transformerLayer(ops, weights, `${name}.time`, byHour, { tokens: hours, channels, heads });
  const turned = ops.transpose(ops.reshape(overHours, [-1, signals, hours, channels]), [0, 2, 1, 3]);
  const bySignal = ops.reshape(turned, [-1, signals, channels]);
  const mixed = transformerLayer(ops, weights, `${name}.signal`, bySignal, { tokens: signals, channels, heads });
  const back = ops.transpose(ops.reshape(mixed, [-1, hours, signals, channels]), [0, 2, 1, 3]);
  const middle = ops.add(linearLayer(ops, weights, `${name}.mid`, back), sideOf(ops, weights, name, sizes, grid, side));
  const [gate, filter] = ops.split(middle, 2, -1) as [T, T];
  const gated = ops.multiply(ops.sigmoid(gate), ops.tanh(filter));
  const [residual, skip] = ops.split(linearLayer(ops, weights, `${name}.out`, gated), 2, -1) as [T, T];
  return { next: ops.scale(ops.add(x, residual), Math.SQRT1_2), skip };
}

/** One dense layer over hour, signal and mask side by side, written as a sum so that hour and signal are not repeated. */
function sideOf<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  name: string,
  { channels }: CsdiSizes,
  { signals }: GridSize,
  { hour, mask }: SideInformation<T>,
): T {
  const ofSignal = ops.linear(weight(weights, 'signal'), weight(weights, `${name}.sideSignal.weight`));
  const place = ops.add(
    linearLayer(ops, weights, `${name}.sideHour`, hour),
    ops.reshape(ofSignal, [1, signals, 1, 2 * channels]),
  );
  return ops.add(place, ops.linear(mask, weight(weights, `${name}.sideMask.weight`)));
}
