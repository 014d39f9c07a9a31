import type { HistoryPoint } from './history-point.js';
import type { HistoryQuery } from './history-query.js';

/** Where the past of the stays is kept. Writing the same point twice leaves one point. */
export abstract class HistoryStore {
  /** Resolves when the points are durable; rejects with a `HistoryError`, `retriable: true` when a later attempt can succeed. */
  abstract write(points: readonly HistoryPoint[]): Promise<void>;
  /** Points of one stay in [fromMs, toMs), oldest first. */
  abstract read(query: HistoryQuery): AsyncIterable<HistoryPoint>;
  abstract close(): Promise<void>;
}
