import type { HideEntries } from './window-batch.js';

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
export function hidePoints(mask: Float32Array, hours: number, random: () => number): Float32Array {
  return hidePointsUpTo(HIDDEN_SHARES[1])(mask, hours, random);
}

/** The same with shares from 10 % to another most, for tables that hide 70 and 90 % of a window. @throws RangeError below 10 % or above 1 */
export function hidePointsUpTo(most: number): HideEntries {
  const [least] = HIDDEN_SHARES;
  if (!(most >= least && most <= 1))
    throw new RangeError(`shares of hidden points up to ${most}; expected a share from ${least} to 1`);
  return (mask, _hours, random) => {
    const share = least + (most - least) * random();
    return mask.map((measured) => (measured === 1 && random() < share ? 1 : 0));
  };
}
