import { HistoryStore, type HistoryPoint } from '#history';

/** A history that keeps nothing: a validation reads its scores from the log, and nobody asks it for trends. */
export class DiscardedHistory extends HistoryStore {
  override async write(): Promise<void> {}

  override async *read(): AsyncIterable<HistoryPoint> {}

  override async close(): Promise<void> {}
}
