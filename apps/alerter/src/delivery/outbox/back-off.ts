import type { DeliveryPolicy } from '../delivery-policy.js';

/**
 * Pause after a failed attempt, milliseconds: doubles with each attempt up to a bound, of which the upper half is drawn, so that what failed together does not
 * come back together.
 *
 * @param attempts made so far, at least 1
 * @param random in [0, 1)
 */
export function backOffMs(
  attempts: number,
  policy: Pick<DeliveryPolicy, 'firstPauseMs' | 'longestPauseMs'>,
  random: () => number,
): number {
  const bound = Math.min(policy.longestPauseMs, policy.firstPauseMs * 2 ** Math.min(attempts - 1, 40));
  return Math.round((bound / 2) * (1 + random()));
}
