import { z } from 'zod';
import { identifierSchema } from './identifier.js';
import { stayStaticSchema } from './stay-admitted.js';
import { DISPOSITIONS } from './stay-ended.js';
import { MAX_PRIOR_STAYS } from './window-joined.js';

/** Type attribute of {@link completedStaySchema} events, the records of `stay-outcomes`. */
export const STAY_OUTCOME = 'vigil.stay-outcome.v1';

/** Most characters of `windowBase64` in all days of a completed stay: 17 days in which every slot is taken, months of hourly values. */
export const MAX_HISTORY_CHARACTERS = 512 * 1024;

/** Why a record of `stay-outcomes` was removed: the tombstone's header {@link REMOVED_BECAUSE_HEADER} says it. */
export const REMOVAL_REASONS = ['withdrawn', 'discharge-cancelled', 'admission-cancelled', 'merged'] as const;

/** One of {@link REMOVAL_REASONS}. */
export type RemovalReason = (typeof REMOVAL_REASONS)[number];

/** Header of a tombstone on `stay-outcomes`, one of {@link REMOVAL_REASONS}. */
export const REMOVED_BECAUSE_HEADER = 'vigil_removed_because';

/** What a stay held in 24 hours, at the resolution of a window's slots. */
export const stayDaySchema = z.strictObject({
  /** 0 is the first 24 hours since admission; -1 the hours before it. */
  day: z.int().min(-1),
  /** Canonical bytes of a window (`#windows`) that holds the observations of this day and no others, base64. */
  windowBase64: z.base64(),
});

/** A stay that has ended, whole: where it was, what was known of the person, its observations, its outcome and since when that is known. */
export const completedStaySchema = z.strictObject({
  stayId: identifierSchema,
  site: identifierSchema,
  /** Ward and bed at the end. */
  ward: identifierSchema,
  bed: identifierSchema,
  static: stayStaticSchema,
  admittedAtMs: z.int(),
  endedAtMs: z.int(),
  outcome: z.enum(['died', 'survived', 'unknown']),
  /** Log time at which the outcome became known; absent while it is unknown. */
  outcomeKnownAtMs: z.int().optional(),
  disposition: z.enum(DISPOSITIONS).optional(),
  /** Stays that were merged into this one, whose observations are among its own. */
  priorStayIds: z.array(identifierSchema).max(MAX_PRIOR_STAYS),
  /** Oldest first; days without an observation are left out. */
  days: z.array(stayDaySchema),
  /** Days at the beginning that were left out, because the record would have been larger than {@link MAX_HISTORY_CHARACTERS}. */
  omittedDays: z.int().min(0),
});

export type CompletedStay = z.infer<typeof completedStaySchema>;
