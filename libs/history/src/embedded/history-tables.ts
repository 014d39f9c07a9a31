import { open, type Database, type RootDatabase } from 'lmdb';
import type { HistoryPoint, ObservationPoint, RiskPoint } from '../history-point.js';

/** Order of keys: kind, stay, time, then what tells points of one time apart (signal, source, when available and value; or release). */
export type PointKey = [kind: HistoryPoint['kind'], stayId: string, atMs: number, ...rest: string[]];

/** What is stored beside the key. */
export type StoredPoint =
  Pick<ObservationPoint, 'value' | 'availableAtMs'> | Pick<RiskPoint, 'risk' | 'news2' | 'completeness'>;

/** Says that a stay has points of a kind on a day; the day comes first, so that old days are found without a search. */
export type DayKey = [day: number, kind: HistoryPoint['kind'], stayId: string];

/** The tables of an embedded history: one LMDB file. */
export interface HistoryTables {
  readonly root: RootDatabase;
  readonly points: Database<StoredPoint, PointKey>;
  readonly days: Database<true, DayKey>;
}

/** Opens the tables; a write resolves once the disk was synchronised. */
export function openHistoryTables(directory: string): HistoryTables {
  const root = open({ path: directory, maxDbs: 4, overlappingSync: false, noSubdir: false });
  return {
    root,
    points: root.openDB({ name: 'points', encoding: 'json' }),
    days: root.openDB({ name: 'days', encoding: 'json' }),
  };
}
