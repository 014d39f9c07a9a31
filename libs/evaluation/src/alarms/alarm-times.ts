/** When a rolling score raises an alarm. */
export interface AlarmPolicy {
  /** Risk at or above which it may. */
  readonly threshold: number;
  /**
   * Hours of silence after an alarm, 0 or more; where the risk is still high when they have passed, the next alarm is raised. Longer means fewer
   * alarms for the same deaths caught.
   */
  readonly refractoryHours: number;
  /**
   * Hours for which the risk must have been high without a break.
   *
   * @default 0
   */
  readonly persistenceHours?: number;
}

/** Hours below which two times are the same, for sums of tenths are not exact. */
export const SAME_HOUR = 1e-9;

/**
 * Times of the alarms of one stay.
 *
 * @param hours [score] ascending
 * @param risks [score]
 */
export function alarmTimes(
  hours: readonly number[],
  risks: readonly number[],
  { threshold, refractoryHours, persistenceHours = 0 }: AlarmPolicy,
): number[] {
  if (Number.isNaN(threshold) || !(refractoryHours >= 0) || !(persistenceHours >= 0))
    throw new RangeError(
      `alarm policy with threshold ${threshold}, ${refractoryHours} hours of silence and ${persistenceHours} of persistence: expected numbers, hours 0 or more`,
    );
  const alarms: number[] = [];
  let highSince: number | undefined;
  let silentUntil = -Infinity;
  hours.forEach((hour, at) => {
    if (risks[at]! < threshold) {
      highSince = undefined;
      return;
    }
    highSince ??= hour;
    if (hour - highSince < persistenceHours - SAME_HOUR || hour < silentUntil - SAME_HOUR) return;
    alarms.push(hour);
    silentUntil = hour + refractoryHours;
  });
  return alarms;
}
