import type { Ops } from './ops.js';
import { weight, type Weights } from './weights.js';

/** x · weight + bias over the last axis, with the arrays `<name>.weight` and `<name>.bias`. */
export function linearLayer<T>(ops: Ops<T>, weights: Weights<T>, name: string, x: T): T {
  return ops.linear(x, weight(weights, `${name}.weight`), weight(weights, `${name}.bias`));
}
