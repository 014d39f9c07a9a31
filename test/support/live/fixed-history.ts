import { HistoryStore, type HistoryPoint, type HistoryQuery } from '#history';

/** A history that gives what it was made with, as a store would: by kind, in the range, oldest first. */
export class FixedHistory extends HistoryStore {
  constructor(private readonly points: readonly HistoryPoint[]) {
    super();
  }

  async write(): Promise<void> {}

  async *read(query: HistoryQuery): AsyncIterable<HistoryPoint> {
    for (const point of this.points) {
      if (point.kind === query.kind && point.atMs >= query.fromMs && point.atMs < query.toMs) yield point;
    }
  }

  async close(): Promise<void> {}
}
