import type { Ops } from '#network';

/**
 * Trainable decay exp(−max(0, x)) of Che et al. 2018 (equation 10), x being the weighed time since the last observation: 1 as long as
 * x is not positive, then falling towards 0.
 */
export function temporalDecay<T>(ops: Ops<T>, x: T): T {
  return ops.exp(ops.scale(ops.relu(x), -1));
}
