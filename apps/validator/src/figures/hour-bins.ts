import { HOURS_BEFORE_END_EDGES, HOURS_SINCE_ADMISSION_EDGES, numberBins } from '#evaluation';
import type { JudgedRows } from './judged-rows.js';

/** By which hours scores are parted. */
export const HOUR_VIEWS = ['since admission', 'before death or the end'] as const;

/** One of {@link HOUR_VIEWS}. */
export type HourView = (typeof HOUR_VIEWS)[number];

/** Rows of one bin of hours. */
export interface HourBin {
  readonly name: string;
  readonly indices: readonly number[];
}

/** Parts rows by hours since admission, or by the hours that were left. Empty bins are left out. */
export function hourBins(rows: JudgedRows, view: HourView): HourBin[] {
  const since = view === 'since admission';
  const bins = numberBins(since ? HOURS_SINCE_ADMISSION_EDGES : HOURS_BEFORE_END_EDGES, 'h');
  const byName = new Map<string, number[]>(bins.names.map((name) => [name, []]));
  rows.hours.forEach((hour, row) => {
    const name = bins.nameOf(since ? hour : rows.endHours[row]! - hour);
    if (name !== undefined) byName.get(name)!.push(row);
  });
  return [...byName].filter(([, indices]) => indices.length > 0).map(([name, indices]) => ({ name, indices }));
}
