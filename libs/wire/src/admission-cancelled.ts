import { z } from 'zod';
import { identifierSchema } from './identifier.js';

/** Type attribute of {@link admissionCancelledSchema} events; HL7 calls it A11. */
export const ADMISSION_CANCELLED = 'vigil.stay.admission-cancelled.v1';

/** The admission was a mistake: the stay never was. Its id is not used again. */
export const admissionCancelledSchema = z.strictObject({
  stayId: identifierSchema,
  /** When it was cancelled, epoch milliseconds. */
  atMs: z.int(),
});

export type AdmissionCancelled = z.infer<typeof admissionCancelledSchema>;
