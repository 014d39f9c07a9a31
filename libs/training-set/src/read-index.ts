import type { TrainingSetMonth } from '#datasets';
import { MonthTables } from './month-tables.js';

/** Where a stay of the set is, and what its record was. */
export interface HeldStay {
  readonly month: string;
  readonly recordDigest: string;
}

/** The stays of a set by id. */
export interface SetIndex {
  readonly held: Map<string, HeldStay>;
  /**
   * Stays that stand in two months, by month: a crash came between the writing of the two. They are taken out of both, for the batch that was being
   * written was not committed and brings them again.
   */
  readonly doubled: ReadonlyMap<string, Set<string>>;
}

/** Reads which stays the months hold. */
export async function readIndex(months: readonly TrainingSetMonth[]): Promise<SetIndex> {
  const held = new Map<string, HeldStay>();
  const doubled = new Map<string, Set<string>>();
  const isDouble = (stayId: string): boolean => [...doubled.values()].some((stays) => stays.has(stayId));
  for (const { month, folder } of months) {
    for (const { stayId, recordDigest } of await MonthTables.index(folder)) {
      const other = held.get(stayId);
      if (other)
        for (const name of [other.month, month]) doubled.set(name, (doubled.get(name) ?? new Set()).add(stayId));
      else if (isDouble(stayId)) doubled.set(month, (doubled.get(month) ?? new Set()).add(stayId));
      else held.set(stayId, { month, recordDigest });
      if (other) held.delete(stayId);
    }
  }
  return { held, doubled };
}
