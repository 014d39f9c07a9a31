import { z } from 'zod';
import { LIVE_TECHNICAL_STATES, liveBedSchema } from './live-bed.js';
import { liveIdentifierSchema, liveTimeSchema } from './live-identifiers.js';
import { liveFeedSchema } from './live-server-frames.js';
import { liveStaySchema } from './live-stay.js';
import { riskSchema } from './risk-score.js';

/** Answer of `GET /api/wards`. */
export const wardsResponseSchema = z.strictObject({
  disclaimer: z.string(),
  clockMs: liveTimeSchema.optional(),
  feed: liveFeedSchema,
  wards: z.array(
    z.strictObject({
      site: liveIdentifierSchema,
      ward: liveIdentifierSchema,
      /** Stays shown, ended ones included. */
      beds: z.int().min(0),
      byTechnicalState: z.partialRecord(z.enum(LIVE_TECHNICAL_STATES), z.int().min(0)),
    }),
  ),
});

export type WardsResponse = z.infer<typeof wardsResponseSchema>;

/** Answer of `GET /api/stays/:stayId`. */
export const stayResponseSchema = z.strictObject({
  disclaimer: z.string(),
  clockMs: liveTimeSchema.optional(),
  bed: liveBedSchema,
  stay: liveStaySchema,
  /** Age of the newest observation and of the newest score at `clockMs`; absent where there is none. */
  ages: z.strictObject({ observationMs: z.int().optional(), scoreMs: z.int().optional() }),
});

export type StayResponse = z.infer<typeof stayResponseSchema>;

/**
 * A measured value, or with `count` above 1 the observations of one bucket: `value` their mean, `low` and `high` their extremes, `atMs` the time of the last one.
 */
export const trendPointSchema = z.strictObject({
  atMs: liveTimeSchema,
  value: z.number(),
  low: z.number(),
  high: z.number(),
  count: z.int().min(1),
});

/** A score of the past; without `risk` it was refused. */
export const riskTrendPointSchema = z.strictObject({
  atMs: liveTimeSchema,
  releaseId: z.string(),
  risk: riskSchema.optional(),
  news2: z.int().optional(),
  completeness: z.number(),
});

/** Answer of `GET /api/stays/:stayId/trends?from&to&signals`; `from` inclusive and `to` exclusive, epoch milliseconds; `signals` separated by commas. */
export const trendsResponseSchema = z.strictObject({
  disclaimer: z.string(),
  stayId: liveIdentifierSchema,
  fromMs: liveTimeSchema,
  toMs: liveTimeSchema,
  /** Largest number of points of one series; longer ones are down-sampled by bucket. */
  maxPoints: z.int(),
  /** Series with at least one observation, in the catalogue's order. */
  signals: z.array(
    z.strictObject({
      signal: z.string(),
      unit: z.string(),
      /** Width of a bucket; absent when the points are as measured. */
      bucketMs: z.int().optional(),
      points: z.array(trendPointSchema),
    }),
  ),
  /** The last score of each bucket where there are more than `maxPoints`. */
  risk: z.array(riskTrendPointSchema),
});

export type TrendsResponse = z.infer<typeof trendsResponseSchema>;

/** Every answer of the HTTP interface other than 200: what was wrong and what was expected. */
export const httpProblemSchema = z.strictObject({
  code: z.enum([
    'bad-request',
    'unauthorised',
    'not-found',
    'conflict',
    'history-unavailable',
    'log-unavailable',
    'trainer-unavailable',
    'too-busy',
    'internal',
  ]),
  message: z.string(),
});

export type HttpProblem = z.infer<typeof httpProblemSchema>;
