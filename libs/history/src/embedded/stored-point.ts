import { OBSERVATION_SOURCES, isSignalId, type ObservationSource } from '#clinical';
import type { HistoryPoint, ObservationPoint, RiskPoint } from '../history-point.js';
import type { PointKey, StoredPoint } from './history-tables.js';

/** Where a point is stored. */
export function keyOfPoint(point: HistoryPoint): PointKey {
  return point.kind === 'observation'
    ? [point.kind, point.stayId, point.atMs, point.signal, point.source, `${point.availableAtMs}`, `${point.value}`]
    : [point.kind, point.stayId, point.atMs, point.releaseId];
}

/** What of a point is stored beside its key. */
export function storedForm(point: HistoryPoint): StoredPoint {
  if (point.kind === 'observation') return { value: point.value, availableAtMs: point.availableAtMs };
  const { risk, news2, completeness } = point;
  return { ...(risk !== undefined && { risk }), ...(news2 !== undefined && { news2 }), completeness };
}

/** The point of a key and what is stored there; undefined when its signal or source is no longer known. */
export function pointOf([kind, stayId, atMs, first, second]: PointKey, stored: StoredPoint): HistoryPoint | undefined {
  if (kind === 'risk') {
    return { kind, stayId, atMs, releaseId: first!, ...(stored as Pick<RiskPoint, 'completeness'>) };
  }
  if (!isSignalId(first!) || !isSource(second!)) return undefined;
  return {
    kind,
    stayId,
    atMs,
    signal: first,
    source: second,
    ...(stored as Pick<ObservationPoint, 'value' | 'availableAtMs'>),
  };
}

function isSource(text: string): text is ObservationSource {
  return (OBSERVATION_SOURCES as readonly string[]).includes(text);
}
