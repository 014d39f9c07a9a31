import { signalDefinition, type SignalId } from '#clinical';
import { latestVersions, type HistoryStore, type RiskPoint } from '#history';
import { LIVE_DISCLAIMER, type TrendsResponse } from '#wire';
import { BucketedSeries } from './bucketed-series.js';
import type { TrendQuery } from './trend-query.js';

type RiskTrendPoint = TrendsResponse['risk'][number];

/**
 * Reads the trends of a stay from the history, each series bounded by `maxPoints` while it is read.
 *
 * @throws HistoryError when the history is away
 */
export async function readTrends(
  history: HistoryStore,
  stayId: string,
  query: TrendQuery,
  maxPoints: number,
): Promise<TrendsResponse> {
  const { fromMs, toMs } = query;
  const [signals, risk] = await Promise.all([
    readSignals(history, stayId, query, maxPoints),
    readRisk(history, stayId, query, maxPoints),
  ]);
  return { disclaimer: LIVE_DISCLAIMER, stayId, fromMs, toMs, maxPoints, signals, risk };
}

async function readSignals(
  history: HistoryStore,
  stayId: string,
  { fromMs, toMs, signals }: TrendQuery,
  maxPoints: number,
): Promise<TrendsResponse['signals']> {
  const series = new Map<SignalId, BucketedSeries>();
  const points = history.read({ stayId, kind: 'observation', fromMs, toMs, signals });
  for await (const point of latestVersions(points)) {
    let of = series.get(point.signal);
    if (of === undefined) series.set(point.signal, (of = new BucketedSeries(fromMs, toMs, maxPoints)));
    of.add(point.atMs, point.value);
  }
  return signals.flatMap((signal) => {
    const of = series.get(signal);
    if (of === undefined) return [];
    const bucket = of.bucketMs === undefined ? {} : { bucketMs: of.bucketMs };
    return [{ signal, unit: signalDefinition(signal).unit, ...bucket, points: [...of.points()] }];
  });
}

/** Scores are not averaged: the last one of each bucket stands, once there are more than `maxPoints`. */
async function readRisk(
  history: HistoryStore,
  stayId: string,
  { fromMs, toMs }: TrendQuery,
  maxPoints: number,
): Promise<RiskTrendPoint[]> {
  const widthMs = Math.ceil((toMs - fromMs) / maxPoints);
  const bucketOf = (atMs: number): number => Math.floor((atMs - fromMs) / widthMs);
  let points: RiskTrendPoint[] = [];
  let thinned = false;
  for await (const point of history.read({ stayId, kind: 'risk', fromMs, toMs })) {
    if (point.kind !== 'risk') continue;
    const last = points.at(-1);
    if (thinned && last !== undefined && bucketOf(last.atMs) === bucketOf(point.atMs)) points.pop();
    points.push(trendPoint(point));
    if (thinned || points.length <= maxPoints) continue;
    thinned = true;
    points = points.filter(
      (kept, i) => i === points.length - 1 || bucketOf(kept.atMs) !== bucketOf(points[i + 1]!.atMs),
    );
  }
  return points;
}

function trendPoint({ atMs, releaseId, risk, news2, completeness }: RiskPoint): RiskTrendPoint {
  return {
    atMs,
    releaseId,
    ...(risk === undefined ? {} : { risk }),
    ...(news2 === undefined ? {} : { news2 }),
    completeness,
  };
}
