import { z } from 'zod';
import { identifierSchema } from './identifier.js';

/** Type attribute of {@link stayMergedSchema} events; HL7 calls it A40. */
export const STAY_MERGED = 'vigil.stay.merged.v1';

/** Two stays turn out to be one: the prior one (whose key the record has) is taken up by the survivor, and its id is not used again. */
export const stayMergedSchema = z.strictObject({
  /** The prior stay, which is given up. */
  stayId: identifierSchema,
  survivorStayId: identifierSchema,
  /** When they were merged, epoch milliseconds. */
  atMs: z.int(),
});

export type StayMerged = z.infer<typeof stayMergedSchema>;
