import { z } from 'zod';

/** One score of a stay, as far as a validation judges it. */
export const scoreRowSchema = z.strictObject({
  /** Event time at which it was due, milliseconds since admission. */
  sinceAdmissionMs: z.number(),
  /** Absent when the score was refused. */
  risk: z.strictObject({ median: z.number(), low: z.number(), high: z.number() }).optional(),
  refusedBecause: z.string().optional(),
  /** Total of NEWS2 from the same window; a lower bound where parts of it were not measured. */
  news2: z.number(),
  /** Parts of NEWS2 that were not measured. */
  news2Missing: z.array(z.string()),
  completeness: z.number(),
});

/** See {@link scoreRowSchema}. */
export type ScoreRow = z.infer<typeof scoreRowSchema>;

/** Every score of one stay, by due time. */
export const stayScoresSchema = z.strictObject({ stayId: z.string(), rows: z.array(scoreRowSchema) });

/** See {@link stayScoresSchema}. */
export type StayScores = z.infer<typeof stayScoresSchema>;
