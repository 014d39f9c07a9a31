import type { HistoryPoint, ObservationPoint } from './history-point.js';

/**
 * Observations without those that another of the same signal, source and moment replaced: what became available later counts, then the greater
 * value, as in a window. Points come oldest first; those of one moment are held at once.
 */
export async function* latestVersions(points: AsyncIterable<HistoryPoint>): AsyncIterable<ObservationPoint> {
  let moment = new Map<string, ObservationPoint>();
  let atMs: number | undefined;
  for await (const point of points) {
    if (point.kind !== 'observation') continue;
    if (point.atMs !== atMs) {
      yield* moment.values();
      moment = new Map();
      atMs = point.atMs;
    }
    const key = `${point.signal} ${point.source}`;
    const other = moment.get(key);
    if (!other || isLater(point, other)) moment.set(key, point);
  }
  yield* moment.values();
}

function isLater(one: ObservationPoint, other: ObservationPoint): boolean {
  return (one.availableAtMs - other.availableAtMs || one.value - other.value) > 0;
}
