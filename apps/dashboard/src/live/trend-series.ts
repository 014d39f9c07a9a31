import { HOUR_MS } from '#clinical';
import type { LiveStay, RiskScore, TrendsResponse } from '#wire';

/** A measured value, or several of a bucket; as the gateway answers it. */
export type TrendPoint = TrendsResponse['signals'][number]['points'][number];

/** A score of the past. */
export type RiskPoint = TrendsResponse['risk'][number];

/** The past of a stay: measured points by signal and scores, each oldest first. */
export interface StayPast {
  readonly stayId: string;
  readonly signals: ReadonlyMap<string, readonly TrendPoint[]>;
  readonly risk: readonly RiskPoint[];
}

/** The past as the gateway answered it. */
export function pastOf(response: TrendsResponse): StayPast {
  return {
    stayId: response.stayId,
    signals: new Map(response.signals.map(({ signal, points }) => [signal, points])),
    risk: response.risk,
  };
}

/**
 * The past with what the live protocol has told since: the newest observation of each signal and the newest score. Signals without news
 * keep their very array, so that their trend is not drawn again.
 */
export function withNews(past: StayPast, stay: LiveStay): StayPast {
  const signals = new Map(past.signals);
  for (const { signal, value, effectiveAtMs } of stay.newest) {
    const held = signals.get(signal) ?? [];
    const last = held.at(-1);
    if (last && last.atMs >= effectiveAtMs) continue;
    signals.set(signal, [...held, { atMs: effectiveAtMs, value, low: value, high: value, count: 1 }]);
  }
  return { ...past, signals, risk: stay.score ? withScore(past.risk, stay.score) : past.risk };
}

function withScore(risk: readonly RiskPoint[], score: RiskScore): readonly RiskPoint[] {
  const last = risk.at(-1);
  if (last && last.atMs >= score.dueAtMs) return risk;
  const point: RiskPoint = {
    atMs: score.dueAtMs,
    releaseId: score.releaseId,
    ...(score.risk ? { risk: score.risk } : {}),
    news2: score.news2.total,
    completeness: score.completeness,
  };
  return [...risk, point];
}

/** Scores further apart than this, milliseconds, are not joined by a line, and none stands for a time further after it. */
export const SCORES_JOINED_WITHIN_MS = 2 * HOUR_MS;

/** The risk as it stood at a time: of the last score up to it, unless that is too long before. */
export function riskBefore(risk: readonly RiskPoint[], atMs: number): RiskPoint['risk'] {
  const point = risk.findLast((one) => one.atMs <= atMs);
  return point && atMs - point.atMs <= SCORES_JOINED_WITHIN_MS ? point.risk : undefined;
}

/**
 * The scores with a refused one put in wherever the next comes too late to be joined: a line across hours without a score would claim what
 * nobody computed.
 */
export function withGaps(risk: readonly RiskPoint[]): RiskPoint[] {
  return risk.flatMap((point, index) => {
    const next = risk[index + 1];
    if (!next || next.atMs - point.atMs <= SCORES_JOINED_WITHIN_MS) return [point];
    const { releaseId, completeness } = point;
    return [point, { atMs: point.atMs + 1, releaseId, completeness }];
  });
}
