import type { StayOutcome } from '#clinical';
import { z } from 'zod';
import { identifierSchema } from './identifier.js';

/** Type attribute of {@link stayEndedSchema} events; HL7 calls it A03. */
export const STAY_ENDED = 'vigil.stay.ended.v1';

/** Where a person went at the end of a stay. */
export const DISPOSITIONS = [
  'home',
  'care-facility',
  'hospice',
  'against-advice',
  'ward',
  'other-hospital',
  'other',
  'died',
] as const;

/** One of {@link DISPOSITIONS}. */
export type Disposition = (typeof DISPOSITIONS)[number];

/** What a disposition says of the outcome in hospital: whoever goes to a ward or another hospital is still in one. */
const OUTCOME_OF: Readonly<Partial<Record<Disposition, StayOutcome>>> = {
  home: 'survived',
  'care-facility': 'survived',
  hospice: 'survived',
  'against-advice': 'survived',
  died: 'died',
};

/**
 * A stay ends (discharge, transfer out, death). The outcome is never shown to a model that scores.
 *
 * Sent again with a later log timestamp it replaces what was said before: an outcome that became known after the discharge. An outcome that was known
 * stays known when the later message does not tell one.
 */
export const stayEndedSchema = z
  .strictObject({
    stayId: identifierSchema,
    endedAtMs: z.int(),
    /** In hospital. */
    outcome: z.enum(['died', 'survived']).optional(),
    disposition: z.enum(DISPOSITIONS).optional(),
  })
  .refine(
    ({ outcome, disposition }) => {
      const told = disposition && OUTCOME_OF[disposition];
      return outcome === undefined || told === undefined || told === outcome;
    },
    { path: ['disposition'], message: 'contradicts the outcome; expected both to say the same' },
  );

export type StayEnded = z.infer<typeof stayEndedSchema>;

/** The outcome that an end tells, by itself or by its disposition; undefined while it is unknown. */
export function outcomeOf({ outcome, disposition }: StayEnded): StayOutcome | undefined {
  return outcome ?? (disposition && OUTCOME_OF[disposition]);
}
