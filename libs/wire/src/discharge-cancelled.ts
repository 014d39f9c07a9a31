import { z } from 'zod';
import { identifierSchema } from './identifier.js';

/** Type attribute of {@link dischargeCancelledSchema} events; HL7 calls it A13. */
export const DISCHARGE_CANCELLED = 'vigil.stay.discharge-cancelled.v1';

/** The discharge was a mistake: the stay goes on where it was, with its window. */
export const dischargeCancelledSchema = z.strictObject({
  stayId: identifierSchema,
  /** When it was cancelled, epoch milliseconds. */
  atMs: z.int(),
});

export type DischargeCancelled = z.infer<typeof dischargeCancelledSchema>;
