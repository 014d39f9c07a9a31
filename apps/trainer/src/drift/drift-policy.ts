import { z } from 'zod';

const count = z.int().min(1);
const shift = z.number().gt(0);
const chance = z.number().gt(0).lt(1);

/** When what a release meets is no longer what it was trained on: a file with a version. */
export const driftPolicySchema = z.strictObject({
  policy: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,40}$/, 'expected lower-case letters, digits, dots or hyphens'),
  /** One score of a stay counts in so many hours, since two scores of an hour are nearly the same window. */
  sampleEveryHours: z.number().min(1).max(168),
  /** Days that are looked at together. */
  windowDays: z.int().min(1).max(28),
  /** With fewer scores in them nothing is said. */
  leastScores: count,
  /** So many signals whose last values have at least this stability index, and a smaller chance by Kolmogorov and Smirnov. */
  values: z.strictObject({ stabilityIndex: shift, pValue: chance, leastSignals: count }),
  /** So many signals whose share of windows without a measurement moved by at least this. */
  missingness: z.strictObject({ shift: z.number().gt(0).lt(1), leastSignals: count }),
  risk: z.strictObject({ stabilityIndex: shift, pValue: chance }),
  /** Deaths by the sum of risks outside of [low, high], and so many standard deviations from what was expected. */
  outcomes: z.strictObject({
    low: z.number().gt(0),
    high: z.number().gt(0),
    deviations: z.number().gt(0),
    leastExpected: z.number().gt(0),
  }),
  /** Days in a row on which a kind of drift must be found before it is flagged. */
  persistDays: z.int().min(1).max(14),
  training: z.strictObject({
    /** Whether a flag starts a training. */
    trigger: z.boolean(),
    /** Days from the start of a training, whatever started it, in which a flag starts none. */
    leastDaysBetween: z.number().min(0),
  }),
});

/** When drift is flagged and what follows. */
export type DriftPolicy = z.infer<typeof driftPolicySchema>;
