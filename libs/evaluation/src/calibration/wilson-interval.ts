/** A share with its interval. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a share (Wilson, J Am Stat Assoc 1927;22:209): stays within [0, 1] and is sound for few events.
 *
 * @param events 0 to `trials`
 * @param trials NaN for all when 0
 * @param z      half-width in standard errors @default 1.96 of the 95 % interval
 */
export function wilsonInterval(events: number, trials: number, z = 1.959963984540054): ShareInterval {
  if (!(events >= 0 && events <= trials))
    throw new RangeError(`${events} events of ${trials}: expected 0 to all of them`);
  const share = events / trials;
  const centre = share + (z * z) / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return { share, low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}
