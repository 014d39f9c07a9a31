import { z } from 'zod';
import { identifierSchema } from './identifier.js';

/** Type attribute of {@link stayWithdrawnSchema} events. */
export const STAY_WITHDRAWN = 'vigil.stay.withdrawn.v1';

/**
 * Nothing may be learned from this stay any more. A stay that goes on is scored as before; when it has ended, its record is removed from
 * `stay-outcomes`, and the trainer forgets it. It cannot be taken back.
 */
export const stayWithdrawnSchema = z.strictObject({
  stayId: identifierSchema,
  /** The person's consent was withdrawn, or the time for which the record may be kept is over. */
  reason: z.enum(['consent', 'retention']),
  /** When it was withdrawn, epoch milliseconds. */
  atMs: z.int(),
});

export type StayWithdrawn = z.infer<typeof stayWithdrawnSchema>;
