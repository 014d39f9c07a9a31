import type { ObservationSource, SignalId } from '#clinical';

/**
 * An observation as it was taken in. All of it is its key, so that two values of one moment are two points: which of them counts is for the
 * reader's order to say, not for the order of writing.
 */
export interface ObservationPoint {
  readonly kind: 'observation';
  readonly stayId: string;
  readonly atMs: number;
  readonly signal: SignalId;
  /** Stored unit. */
  readonly value: number;
  readonly availableAtMs: number;
  readonly source: ObservationSource;
}

/** A score. Its key is (stay, event time, release). */
export interface RiskPoint {
  readonly kind: 'risk';
  readonly stayId: string;
  readonly atMs: number;
  readonly releaseId: string;
  /** Probability of in-hospital death: median and 5-95 % interval; absent when the score was refused. */
  readonly risk?: { readonly median: number; readonly low: number; readonly high: number };
  readonly news2?: number;
  readonly completeness: number;
}

/** What the history keeps. */
export type HistoryPoint = ObservationPoint | RiskPoint;
