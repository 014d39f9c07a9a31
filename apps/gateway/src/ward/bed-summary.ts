import { SIGNAL_IDS, type Observation } from '#clinical';
import type { LiveBed } from '#wire';
import type { StayRecord } from './stay-record.js';

/** The summary of a stay's bed. */
export function bedSummary(stay: StayRecord): LiveBed {
  const { score } = stay;
  return {
    stayId: stay.stayId,
    site: stay.site,
    ward: stay.ward,
    bed: stay.bed,
    admittedAtMs: stay.admittedAtMs,
    ...(stay.endedAtMs === undefined ? {} : { endedAtMs: stay.endedAtMs }),
    sequence: stay.sequence,
    technicalState: stay.technicalState,
    ...(stay.newestObservationAtMs === undefined ? {} : { newestObservationAtMs: stay.newestObservationAtMs }),
    riskTrend: [...stay.trend],
    ...(score === undefined
      ? {}
      : {
          eventTimeMs: score.dueAtMs,
          ...(score.risk === undefined ? {} : { risk: score.risk }),
          ...(score.refusedBecause === undefined ? {} : { refusedBecause: score.refusedBecause }),
          news2: { total: score.news2.total, missing: [...score.news2.missing] },
          completeness: score.completeness,
          shareImputed: score.shareImputed,
          releaseId: score.releaseId,
          releaseStage: score.releaseStage,
        }),
  };
}

/** The summary as JSON, made once for each change and shared by all clients. */
export function bedJson(stay: StayRecord): string {
  return (stay.bedJson ??= JSON.stringify(bedSummary(stay)));
}

/** The detail of a stay (`LiveStay`) as JSON, made once for each change and shared by all clients. */
export function stayJson(stay: StayRecord): string {
  return (stay.stayJson ??= buildStayJson(stay));
}

function buildStayJson(stay: StayRecord): string {
  const parts = [`"stayId":${JSON.stringify(stay.stayId)}`, `"sequence":${stay.sequence}`];
  if (stay.static !== undefined) parts.push(`"static":${JSON.stringify(stay.static)}`);
  if (stay.scoreJson !== undefined) parts.push(`"score":${stay.scoreJson}`);
  parts.push(`"newest":${JSON.stringify(newestOf(stay))}`);
  return `{${parts.join(',')}}`;
}

/** In the catalogue's order. */
function newestOf(stay: StayRecord): readonly Observation[] {
  return SIGNAL_IDS.map((signal) => stay.newest.get(signal)).filter((found) => found !== undefined);
}
