import type { Observation } from '#clinical';
import type { ObservationPoint, RiskPoint } from '#history';
import type { RiskScore } from '#wire';

/** The history point of an observation that was taken in. */
export function observationPoint(stayId: string, observation: Observation): ObservationPoint {
  const { signal, value, effectiveAtMs, availableAtMs, source } = observation;
  return { kind: 'observation', stayId, atMs: effectiveAtMs, signal, value, availableAtMs, source };
}

/** The history point of a score. */
export function riskPoint(score: RiskScore): RiskPoint {
  const { stayId, dueAtMs, releaseId, risk, news2, completeness } = score;
  const point = { kind: 'risk' as const, stayId, atMs: dueAtMs, releaseId, news2: news2.total, completeness };
  return risk ? { ...point, risk } : point;
}
