import { deathsToCatch } from '../deaths-to-catch.js';
import { SAME_HOUR } from './alarm-times.js';
import { groupByStay, type RollingScores } from './rolling-scores.js';

/**
 * The highest threshold at which at least a share of the deaths has an alarm before. Exact: a stay has an alarm at all whenever its risk stays
 * high for the persistence once, whatever the refractory time.
 *
 * Choose it on training or validation stays, and judge it elsewhere by `alarmBurden`.
 *
 * @param share            of deaths to catch, in (0, 1]
 * @param persistenceHours as in the policy
 * @returns undefined where no threshold catches so many: no death, or too many deaths whose scores span less than the persistence
 */
export function thresholdForDeathsCaught(
  scores: RollingScores,
  share: number,
  persistenceHours = 0,
): number | undefined {
  const peaks = groupByStay(scores)
    .filter(({ died }) => died)
    .map(({ hours, risks }) => highestPersistentRisk(hours, risks, persistenceHours))
    .sort((a, b) => b - a);
  const threshold = peaks[deathsToCatch(share, peaks.length) - 1];
  return threshold === -Infinity ? undefined : threshold;
}

/** The highest threshold at which a stay has an alarm; -Infinity where its scores span less than the persistence. */
function highestPersistentRisk(hours: readonly number[], risks: readonly number[], persistenceHours: number): number {
  let highest = -Infinity;
  for (let last = 0, first = -1; last < hours.length; last++) {
    while (first < last && hours[last]! - hours[first + 1]! >= persistenceHours - SAME_HOUR) first++;
    if (first >= 0) highest = Math.max(highest, Math.min(...risks.slice(first, last + 1)));
  }
  return highest;
}
