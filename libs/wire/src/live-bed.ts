import { z } from 'zod';
import { liveIdentifierSchema, liveTimeSchema } from './live-identifiers.js';
import { LIVE_TREND_LENGTH } from './live-protocol.js';
import { riskSchema, riskScoreSchema } from './risk-score.js';

/**
 * How far a bed's figures can be trusted technically. The first that is true holds:
 *
 * - `ended`: the stay is over; the last figures stand until the bed is removed;
 * - `silent`: no usable observation for `silentAfterMs` on the log's clock, or none at all since admission for as long;
 * - `stale`: likewise for `staleAfterMs`;
 * - `model-unavailable`: the newest score was refused because no model could compute it;
 * - `no-score-yet`: observations arrive, no score has come;
 * - `score-overdue`: observations newer than the newest score have waited for the next one for `scoreOverdueAfterMs`;
 * - `live`: none of these. A refused score (`refusedBecause`) can still be live: the data are too few or too early.
 */
export const LIVE_TECHNICAL_STATES = [
  'ended',
  'silent',
  'stale',
  'model-unavailable',
  'no-score-yet',
  'score-overdue',
  'live',
] as const;

/** One of {@link LIVE_TECHNICAL_STATES}. */
export type LiveTechnicalState = (typeof LIVE_TECHNICAL_STATES)[number];

/** A point of the trend of risk; without `median` the score was refused. */
export const liveTrendPointSchema = z.strictObject({
  atMs: liveTimeSchema,
  /** Rounded to four decimals. */
  median: z.number().min(0).max(1).optional(),
});

/**
 * What a ward view shows of one bed. It is replaced whole, never patched. Times instead of ages: an age is `clockMs` of the newest frame
 * minus the time, so it goes on growing while nothing arrives.
 */
export const liveBedSchema = z.strictObject({
  stayId: liveIdentifierSchema,
  site: liveIdentifierSchema,
  ward: liveIdentifierSchema,
  bed: liveIdentifierSchema,
  admittedAtMs: liveTimeSchema,
  endedAtMs: liveTimeSchema.optional(),
  /** Sequence of the change that made this summary. A summary with a lower one is older and must not replace it. */
  sequence: z.int().min(0),
  technicalState: z.enum(LIVE_TECHNICAL_STATES),
  /** Effective time of the newest usable observation; absent when there is none. */
  newestObservationAtMs: liveTimeSchema.optional(),
  /** Event time of the newest score (its `dueAtMs`), refused or not; absent when there is none. The fields below belong to it. */
  eventTimeMs: liveTimeSchema.optional(),
  risk: riskSchema.optional(),
  /** Why there is no risk in the newest score. */
  refusedBecause: riskScoreSchema.shape.refusedBecause,
  /** The last scores by event time, oldest first, the newest one included. */
  riskTrend: z.array(liveTrendPointSchema).max(LIVE_TREND_LENGTH),
  /** NEWS2 of the newest score; `total` is a lower bound while `missing` is not empty. */
  news2: z.strictObject({ total: z.int().min(0).max(20), missing: z.array(z.string()) }).optional(),
  completeness: z.number().min(0).max(1).optional(),
  shareImputed: z.number().min(0).max(1).optional(),
  releaseId: z.string().optional(),
  /** Show it: an untrained release proves the line, not the patient. */
  releaseStage: riskScoreSchema.shape.releaseStage.optional(),
});

/** Summary of one bed. */
export type LiveBed = z.infer<typeof liveBedSchema>;
