import { mkdirSync } from 'node:fs';
import { DAY_MS } from '#clinical';
import { checkPoint } from '../check-point.js';
import { HistoryError } from '../history-error.js';
import type { HistoryPoint } from '../history-point.js';
import type { HistoryQuery } from '../history-query.js';
import { HistoryStore } from '../history-store.js';
import { DEFAULT_RETENTION_MS, HOUSEKEEPING_INTERVAL_MS } from '../retention.js';
import {
  openHistoryTables,
  type DayKey,
  type HistoryTables,
  type PointKey,
  type StoredPoint,
} from './history-tables.js';
import { keyOfPoint, pointOf, storedForm } from './stored-point.js';

/** Points read from the disk at once. */
const PAGE_POINTS = 1_000;

/** Where and how long an embedded history keeps its points. */
export interface EmbeddedHistoryStoreOptions {
  /** Folder of the history; made when missing, readable by its owner alone. */
  readonly directory: string;
  /**
   * Whole days (UTC) that ended longer ago are dropped.
   * @default 30 days
   */
  readonly retentionMs?: number;
  /**
   * Epoch milliseconds.
   * @default Date.now
   */
  readonly now?: () => number;
}

/** The past in a folder of this machine (LMDB). Several processes may share it. */
export class EmbeddedHistoryStore extends HistoryStore {
  private readonly tables: HistoryTables;
  private readonly retentionMs: number;
  private readonly now: () => number;
  private nextHousekeepingMs = 0;
  private housekeeping: Promise<void> = Promise.resolve();
  private closing: Promise<void> | undefined;

  private constructor({ directory, retentionMs = DEFAULT_RETENTION_MS, now = Date.now }: EmbeddedHistoryStoreOptions) {
    super();
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.tables = openHistoryTables(directory);
    this.retentionMs = retentionMs;
    this.now = now;
  }

  /** Opens the history of a folder. */
  static open(options: EmbeddedHistoryStoreOptions): EmbeddedHistoryStore {
    return new EmbeddedHistoryStore(options);
  }

  async write(points: readonly HistoryPoint[]): Promise<void> {
    this.assertOpen();
    points.forEach(checkPoint);
    if (points.length === 0) return;
    await this.transact(() => {
      const days = new Map<string, DayKey>();
      for (const point of points) {
        void this.tables.points.put(keyOfPoint(point), storedForm(point));
        const day: DayKey = [Math.floor(point.atMs / DAY_MS), point.kind, point.stayId];
        days.set(day.join(' '), day);
      }
      for (const day of days.values()) if (!this.tables.days.doesExist(day)) void this.tables.days.put(day, true);
    });
    this.dropWhatIsOld();
  }

  async *read({ stayId, kind, fromMs, toMs, signals }: HistoryQuery): AsyncIterable<HistoryPoint> {
    this.assertOpen();
    const end: PointKey = [kind, stayId, toMs];
    for (let start: PointKey | undefined = [kind, stayId, fromMs]; start !== undefined;) {
      const page: { key: PointKey; value: StoredPoint }[] = [
        ...this.tables.points.getRange({ start, end, limit: PAGE_POINTS }),
      ];
      for (const { key, value } of page) {
        const point = pointOf(key, value);
        if (point === undefined) continue;
        if (point.kind === 'risk' || (signals?.includes(point.signal) ?? true)) yield point;
      }
      start = page.length < PAGE_POINTS ? undefined : justAfter(page.at(-1)!.key);
    }
  }

  close(): Promise<void> {
    return (this.closing ??= this.housekeeping.then(() => this.tables.root.close()));
  }

  private assertOpen(): void {
    if (this.closing !== undefined) throw new HistoryError('the history was closed', false);
  }

  private async transact(action: () => void): Promise<void> {
    try {
      await this.tables.root.batch(action);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new HistoryError(`the embedded history could not write (${reason}): see to the disk`, true, { cause });
    }
  }

  private dropWhatIsOld(): void {
    const nowMs = this.now();
    if (nowMs < this.nextHousekeepingMs) return;
    this.nextHousekeepingMs = nowMs + HOUSEKEEPING_INTERVAL_MS;
    const firstKeptDay = Math.floor((nowMs - this.retentionMs) / DAY_MS);
    this.housekeeping = this.housekeeping
      .then(() => this.dropDaysBefore(firstKeptDay))
      .catch(() => void (this.nextHousekeepingMs = 0)); // tried again at the next write
  }

  /** One stay's day is a transaction: writes in between do not wait long, and a crash leaves the rest for the next time. */
  private async dropDaysBefore(firstKeptDay: number): Promise<void> {
    const old = [...this.tables.days.getKeys({ end: [firstKeptDay] })];
    for (const dayKey of old) {
      const [day, kind, stayId] = dayKey;
      const range = { start: [kind, stayId, day * DAY_MS], end: [kind, stayId, (day + 1) * DAY_MS] } satisfies {
        start: PointKey;
        end: PointKey;
      };
      await this.transact(() => {
        for (const key of this.tables.points.getKeys(range)) void this.tables.points.remove(key);
        void this.tables.days.remove(dayKey);
      });
    }
  }
}

/** First key after a key: the same with an empty part more. */
function justAfter(key: PointKey): PointKey {
  return [...key, ''];
}
