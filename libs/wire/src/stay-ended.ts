import { z } from 'zod';

/** Type attribute of {@link stayEndedSchema} events. */
export const STAY_ENDED = 'vigil.stay.ended.v1';

/** A stay ends (discharge, transfer out, death). The outcome is never shown to a model that scores. */
export const stayEndedSchema = z.strictObject({
  stayId: z.string().min(1).max(64),
  endedAtMs: z.int(),
  outcome: z.enum(['died', 'survived']).optional(),
});

export type StayEnded = z.infer<typeof stayEndedSchema>;
