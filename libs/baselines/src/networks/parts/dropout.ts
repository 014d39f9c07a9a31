import type { Ops } from '#network';

/**
 * Silences a share of the units and lengthens the rest to make up for it (Srivastava et al. 2014).
 * @param x [rows, units]
 */
export function dropout<T>(
  ops: Ops<T>,
  x: T,
  { rows, units, rate }: { rows: number; units: number; rate: number },
  random: () => number,
): T {
  if (rate === 0) return x;
  const kept = Float32Array.from({ length: rows * units }, () => (random() < rate ? 0 : 1 / (1 - rate)));
  return ops.multiply(x, ops.constant(kept, [rows, units]));
}
