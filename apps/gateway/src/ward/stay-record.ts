import type { Observation, SignalId, StayStatic } from '#clinical';
import type { LiveTechnicalState, RiskScore } from '#wire';

/** What is kept of the newest score for the bed's summary; the whole of it stays as text. */
export type ScoreHead = Pick<
  RiskScore,
  | 'dueAtMs'
  | 'windowDigest'
  | 'releaseId'
  | 'releaseStage'
  | 'risk'
  | 'refusedBecause'
  | 'completeness'
  | 'shareImputed'
> & { readonly news2: { readonly total: number; readonly missing: readonly string[] } };

/** A point of the trend of risk. */
export interface TrendPoint {
  readonly atMs: number;
  readonly median?: number;
}

/** All that the gateway knows of one stay. Owned and changed by `WardState` alone. */
export interface StayRecord {
  readonly stayId: string;
  site: string;
  ward: string;
  bed: string;
  admittedAtMs: number;
  static: StayStatic | undefined;
  endedAtMs: number | undefined;
  /** Log timestamp of the newest message about its life that counted; undefined while it is known from its scores alone. */
  lifeAtMs: number | undefined;
  /** Sequence of the last change. */
  sequence: number;
  technicalState: LiveTechnicalState;
  newestObservationAtMs: number | undefined;
  /** Newest usable observation of each signal, by effective time; at most one a signal of the catalogue. */
  readonly newest: Map<SignalId, Observation>;
  /** Log time since which observations newer than the newest score have been waiting. */
  unscoredSinceMs: number | undefined;
  score: ScoreHead | undefined;
  /** The newest score as JSON text: the bytes of the record, already checked against the schema. */
  scoreJson: string | undefined;
  /** Oldest first, at most `LIVE_TREND_LENGTH`. */
  trend: readonly TrendPoint[];
  /** JSON texts of the summary and the detail as of `sequence`, made when first asked for. */
  bedJson: string | undefined;
  stayJson: string | undefined;
}

/** Where a stay is. */
export interface StayPlace {
  readonly stayId: string;
  readonly site: string;
  readonly ward: string;
  readonly bed: string;
  readonly admittedAtMs: number;
}

/** A stay of which nothing but its place is known. */
export function newStayRecord(place: StayPlace): StayRecord {
  return {
    stayId: place.stayId,
    site: place.site,
    ward: place.ward,
    bed: place.bed,
    admittedAtMs: place.admittedAtMs,
    static: undefined,
    endedAtMs: undefined,
    lifeAtMs: undefined,
    sequence: 0,
    technicalState: 'no-score-yet',
    newestObservationAtMs: undefined,
    newest: new Map(),
    unscoredSinceMs: undefined,
    score: undefined,
    scoreJson: undefined,
    trend: [],
    bedJson: undefined,
    stayJson: undefined,
  };
}
