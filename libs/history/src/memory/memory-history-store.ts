import { checkPoint } from '../check-point.js';
import { HistoryError } from '../history-error.js';
import type { HistoryPoint } from '../history-point.js';
import type { HistoryQuery } from '../history-query.js';
import { HistoryStore } from '../history-store.js';
import { DEFAULT_RETENTION_MS, HOUSEKEEPING_INTERVAL_MS } from '../retention.js';

/** How the history in memory forgets. */
export interface MemoryHistoryStoreOptions {
  /**
   * Points with an older time are dropped; bounds the store's size.
   * @default 30 days
   */
  readonly retentionMs?: number;
  /**
   * Epoch milliseconds.
   * @default Date.now
   */
  readonly now?: () => number;
}

/** The past in memory, for tests and trials. */
export class MemoryHistoryStore extends HistoryStore {
  /** Points by their key, by stay and kind. */
  private readonly points = new Map<string, Map<string, HistoryPoint>>();
  private readonly retentionMs: number;
  private readonly now: () => number;
  private nextHousekeepingMs = 0;
  private closed = false;

  constructor({ retentionMs = DEFAULT_RETENTION_MS, now = Date.now }: MemoryHistoryStoreOptions = {}) {
    super();
    this.retentionMs = retentionMs;
    this.now = now;
  }

  async write(points: readonly HistoryPoint[]): Promise<void> {
    this.assertOpen();
    points.forEach(checkPoint);
    for (const point of points) {
      const series = seriesKey(point);
      let ofSeries = this.points.get(series);
      if (ofSeries === undefined) this.points.set(series, (ofSeries = new Map()));
      ofSeries.set(pointKey(point), point);
    }
    this.dropWhatIsOld();
  }

  async *read(query: HistoryQuery): AsyncIterable<HistoryPoint> {
    this.assertOpen();
    const found = [...(this.points.get(seriesKey(query))?.values() ?? [])]
      .filter(({ atMs }) => atMs >= query.fromMs && atMs < query.toMs)
      .filter((point) => point.kind === 'risk' || (query.signals?.includes(point.signal) ?? true))
      .sort((one, other) => one.atMs - other.atMs);
    yield* found;
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  private assertOpen(): void {
    if (this.closed) throw new HistoryError('the history was closed', false);
  }

  private dropWhatIsOld(): void {
    const nowMs = this.now();
    if (nowMs < this.nextHousekeepingMs) return;
    this.nextHousekeepingMs = nowMs + HOUSEKEEPING_INTERVAL_MS;
    for (const [series, points] of this.points) {
      for (const [key, { atMs }] of points) if (atMs < nowMs - this.retentionMs) points.delete(key);
      if (points.size === 0) this.points.delete(series);
    }
  }
}

function seriesKey({ kind, stayId }: Pick<HistoryPoint, 'kind' | 'stayId'>): string {
  return `${kind} ${stayId}`;
}

function pointKey(point: HistoryPoint): string {
  if (point.kind === 'risk') return `${point.atMs} ${point.releaseId}`;
  return `${point.atMs} ${point.signal} ${point.source} ${point.availableAtMs} ${point.value}`;
}
