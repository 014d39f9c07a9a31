import { HOUR_MS } from '#clinical';

/** Earliest end of a training window: before this there is too little to learn from, and nothing is scored. */
export const EARLIEST_END_HOURS = 4;
/** Latest end: the longest that Challenge 2012 records. */
export const LATEST_END_HOURS = 48;
/** Ends at which every table reports; always among a stay's windows where the stay was recorded for that long. */
export const REPORTED_END_HOURS: readonly number[] = [24, 48];

/**
 * Hours since admission at which windows of a stay end: fixed ones (by default those that every table reports), and `randomEnds` drawn
 * evenly between 4 and 48 hours (or the stay's end). A stay that ended before the fourth hour has none.
 */
export function drawWindowEnds(
  recordedMs: number,
  randomEnds: number,
  random: () => number,
  fixedEnds: readonly number[] = REPORTED_END_HOURS,
): number[] {
  const latest = Math.min(LATEST_END_HOURS, recordedMs / HOUR_MS);
  if (latest < EARLIEST_END_HOURS) return [];
  const fixed = fixedEnds.filter((hours) => hours <= latest);
  const drawn = Array.from({ length: randomEnds }, () => EARLIEST_END_HOURS + random() * (latest - EARLIEST_END_HOURS));
  return [...fixed, ...drawn].sort((a, b) => a - b);
}
