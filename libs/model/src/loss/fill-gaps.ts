import type { Ops } from '#network';

/** The value where the mask is 1, the filling elsewhere; all three of one shape. */
export function fillGaps<T>(ops: Ops<T>, values: T, mask: T, filling: T): T {
  const missing = ops.offset(ops.scale(mask, -1), 1);
  return ops.add(ops.multiply(values, mask), ops.multiply(filling, missing));
}
