/**
 * Last observation carried forward, the baseline of every imputation table: the last visible value of the same signal, or the training
 * mean (0) before the first.
 *
 * @param values [signal, hour] normalised
 * @param mask   [signal, hour]; 1 visible
 */
export function carryForward(values: Float32Array, mask: Float32Array, hours: number): Float32Array {
  let carried = 0;
  return values.map((value, entry) => {
    if (entry % hours === 0) carried = 0;
    if (mask[entry] === 1) carried = value;
    return carried;
  });
}
