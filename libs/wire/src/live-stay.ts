import { OBSERVATION_SOURCES } from '#clinical';
import { z } from 'zod';
import { liveIdentifierSchema, liveTimeSchema } from './live-identifiers.js';
import { riskScoreSchema } from './risk-score.js';
import { stayStaticSchema } from './stay-admitted.js';

/** The newest usable observation of one signal. */
export const liveObservationSchema = z.strictObject({
  signal: z.string(),
  /** In the catalogue's stored unit. */
  value: z.number(),
  effectiveAtMs: liveTimeSchema,
  availableAtMs: liveTimeSchema,
  source: z.enum(OBSERVATION_SOURCES),
});

/** What a stay view shows beside the bed's summary. Replaced whole, never patched. */
export const liveStaySchema = z.strictObject({
  stayId: liveIdentifierSchema,
  /** As `sequence` of the bed's summary. */
  sequence: z.int().min(0),
  /** Absent until the admission has been seen; in it, absent is unknown. */
  static: stayStaticSchema.optional(),
  /** The newest score whole: contributions, latest values, NEWS2 parts, imputed values with their band. */
  score: riskScoreSchema.optional(),
  /** One a signal, by effective time; in the catalogue's order. May be newer than what the score has seen. */
  newest: z.array(liveObservationSchema),
});

/** Detail of one stay. */
export type LiveStay = z.infer<typeof liveStaySchema>;
