import type { JudgedRows } from './judged-rows.js';

/**
 * The score of each stay that stood at an hour since admission: its newest one then.
 *
 * @param oldestHours a stay whose newest score is older than so many hours has none
 * @returns indices of rows
 */
export function standingAt({ stays, hours }: JudgedRows, hour: number, oldestHours: number): number[] {
  const newest = new Map<string, number>();
  stays.forEach((stay, row) => {
    const at = hours[row]!;
    if (at > hour || at < hour - oldestHours) return;
    const known = newest.get(stay);
    if (known === undefined || hours[known]! <= at) newest.set(stay, row);
  });
  return [...newest.values()];
}
