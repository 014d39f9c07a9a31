import { HistoryStore, type HistoryPoint } from '#history';

/** A history that keeps points by their key in the order of their first writing. */
export class KeptHistory extends HistoryStore {
  readonly points = new Map<string, HistoryPoint>();

  override async write(points: readonly HistoryPoint[]): Promise<void> {
    for (const point of points) this.points.set(keyOf(point), point);
  }

  override async *read(): AsyncIterable<HistoryPoint> {
    yield* this.points.values();
  }

  override async close(): Promise<void> {}
}

function keyOf(point: HistoryPoint): string {
  const rest = point.kind === 'risk' ? [point.releaseId] : [point.signal, point.source];
  return [point.kind, point.stayId, point.atMs, ...rest].join('|');
}
