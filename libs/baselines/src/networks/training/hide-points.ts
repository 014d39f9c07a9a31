/** Least and greatest share of the measured entries of a window that is hidden while an imputer learns. */
export const HIDDEN_SHARES = [0.1, 0.6] as const;

/**
 * Hides measured entries at random, each with the same chance, which is drawn for the window between 10 and 60 %.
 *
 * Every imputer of this room learns from these same gaps unless it is given others, so that none has an easier school.
 *
 * @param mask [signal, hour]; 1 measured
 * @returns    [signal, hour]; 1 where a measured entry is hidden
 */
export function hidePoints(mask: Float32Array, _hours: number, random: () => number): Float32Array {
  const [least, most] = HIDDEN_SHARES;
  const share = least + (most - least) * random();
  return mask.map((measured) => (measured === 1 && random() < share ? 1 : 0));
}
