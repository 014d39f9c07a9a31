import { LIVE_TREND_LENGTH, type RiskScore } from '#wire';
import type { ScoreHead, StayRecord, TrendPoint } from './stay-record.js';

/** What came of a score. */
export type ScoreOutcome = 'shown' | 'trend-only' | 'duplicate';

/**
 * Takes a score into its stay. One that is older (by `dueAtMs`) than what is shown never replaces it; it only enters the trend.
 *
 * @param json the score as JSON text, as it was read
 * @param clockMs the log's clock, from which observations that are newer than a first score wait
 */
export function applyScore(stay: StayRecord, score: RiskScore, json: string, clockMs: number): ScoreOutcome {
  const shown = stay.score;
  if (shown !== undefined && score.dueAtMs < shown.dueAtMs) {
    const trend = withTrendPoint(stay.trend, score);
    if (trend === stay.trend) return 'duplicate';
    stay.trend = trend;
    return 'trend-only';
  }
  if (shown !== undefined && isSame(shown, score)) return 'duplicate';
  stay.score = headOf(score);
  stay.scoreJson = json;
  stay.trend = withTrendPoint(stay.trend, score);
  const newestMs = score.latest.reduce(
    (newest, { atMs }) => Math.max(newest, atMs),
    stay.newestObservationAtMs ?? -Infinity,
  );
  if (newestMs !== -Infinity) stay.newestObservationAtMs = newestMs;
  stay.unscoredSinceMs = isWaiting(stay, newestMs) ? waitingSince(stay.unscoredSinceMs, score, clockMs) : undefined;
  return 'shown';
}

/**
 * Observations within this time after a score's event time are not yet due for the next one.
 * It is above the scorer's usual `scoreEvery` of five minutes.
 */
const SCORE_SLACK_MS = 15 * 60_000;

/**
 * Since when observations wait that are newer than a score that has just come. Those that waited before it may be among them, but none that it should have
 * seen; so scores that come steadily and stay hours behind are seen to be overdue.
 */
function waitingSince(beforeMs: number | undefined, score: RiskScore, clockMs: number): number {
  return beforeMs === undefined ? clockMs : Math.min(clockMs, Math.max(beforeMs, score.dueAtMs + SCORE_SLACK_MS));
}

/** Whether an observation of `effectiveAtMs` should have led to a score newer than the one shown. */
export function isWaiting(stay: Pick<StayRecord, 'score'>, effectiveAtMs: number): boolean {
  return stay.score !== undefined && effectiveAtMs > stay.score.dueAtMs + SCORE_SLACK_MS;
}

function isSame(shown: ScoreHead, score: RiskScore): boolean {
  return (
    shown.dueAtMs === score.dueAtMs &&
    shown.windowDigest === score.windowDigest &&
    shown.releaseId === score.releaseId &&
    shown.refusedBecause === score.refusedBecause
  );
}

function headOf(score: RiskScore): ScoreHead {
  return {
    dueAtMs: score.dueAtMs,
    windowDigest: score.windowDigest,
    releaseId: score.releaseId,
    releaseStage: score.releaseStage,
    ...(score.risk === undefined ? {} : { risk: score.risk }),
    ...(score.refusedBecause === undefined ? {} : { refusedBecause: score.refusedBecause }),
    completeness: score.completeness,
    shareImputed: score.shareImputed,
    news2: { total: score.news2.total, missing: score.news2.missing },
  };
}

/** The trend with the score at its place by event time; the same array when nothing changes. */
function withTrendPoint(trend: readonly TrendPoint[], score: RiskScore): readonly TrendPoint[] {
  const point: TrendPoint =
    score.risk === undefined
      ? { atMs: score.dueAtMs }
      : { atMs: score.dueAtMs, median: Math.round(score.risk.median * 10_000) / 10_000 };
  const at = trend.findLastIndex(({ atMs }) => atMs <= point.atMs);
  const before = at < 0 ? undefined : trend[at];
  if (before?.atMs === point.atMs) return before.median === point.median ? trend : trend.with(at, point);
  if (at < 0 && trend.length >= LIVE_TREND_LENGTH) return trend;
  return trend.toSpliced(at + 1, 0, point).slice(-LIVE_TREND_LENGTH);
}
