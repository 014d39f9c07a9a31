import { HistoryStore, type HistoryPoint, type HistoryQuery } from '#history';

/** A history that keeps points by their key in the order of their first writing. */
export class KeptHistory extends HistoryStore {
  readonly points = new Map<string, HistoryPoint>();

  override async write(points: readonly HistoryPoint[]): Promise<void> {
    for (const point of points) this.points.set(keyOf(point), point);
  }

  override async *read({ stayId, kind, fromMs, toMs }: HistoryQuery): AsyncIterable<HistoryPoint> {
    for (const point of this.points.values()) {
      if (point.stayId === stayId && point.kind === kind && point.atMs >= fromMs && point.atMs < toMs) yield point;
    }
  }

  override async close(): Promise<void> {}
}

function keyOf(point: HistoryPoint): string {
  const rest =
    point.kind === 'risk' ? [point.releaseId] : [point.signal, point.source, point.availableAtMs, point.value];
  return [point.kind, point.stayId, point.atMs, ...rest].join('|');
}
