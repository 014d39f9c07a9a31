import { gatedResidual } from './gated-residual.js';
import type { HyperParameters } from './hyper-parameters.js';
import { linearLayer } from './linear-layer.js';
import type { Ops } from './ops.js';
import { weight, type Weights } from './weights.js';

/** A batch of windows as measured. */
export interface ObservedWindows<T> {
  /** [batch, signal, hour] normalised, 0 where missing */
  values: T;
  /** [batch, signal, hour] 1 measured, 0 missing */
  mask: T;
  /** [batch, static] */
  static: T;
}

/**
 * Everything the imputer can know of a window before any noise is drawn: run once a window, however many samples and steps follow.
 * @returns context [batch, signal, hour, channels]
 */
export function encodeWindow<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  windows: ObservedWindows<T>,
): T {
  const { hours, signals, channels, encoderLayers } = hyper;
  const pairs = ops.concat([ops.expandDims(windows.values, 3), ops.expandDims(windows.mask, 3)], 3);
  const observed = linearLayer(ops, weights, 'encoder.observed', pairs);
  const stay = ops.reshape(linearLayer(ops, weights, 'encoder.static', windows.static), [-1, 1, 1, channels]);
  const place = ops.add(weight(weights, 'encoder.hour'), weight(weights, 'encoder.signal'));
  const side = ops.add(ops.add(stay, ops.reshape(place, [1, signals, hours, channels])), observed);
  let x = side;
  let skips: T | undefined;
  for (let layer = 0; layer < encoderLayers; layer++) {
    const { next, skip } = gatedResidual(ops, weights, `encoder.layer${layer}`, hyper, { x, seen: x, side });
    x = next;
    skips = skips === undefined ? skip : ops.add(skips, skip);
  }
  return skips === undefined ? side : ops.add(side, ops.scale(skips, 1 / Math.sqrt(encoderLayers)));
}
