import { z } from 'zod';
import { identifierSchema } from './identifier.js';

/** Type attribute of {@link stayTransferredSchema} events; HL7 calls it A02. */
export const STAY_TRANSFERRED = 'vigil.stay.transferred.v1';

/** A stay moves to another bed, ward or site. Its window goes with it: a window belongs to the stay, not to the bed. */
export const stayTransferredSchema = z.strictObject({
  stayId: identifierSchema,
  site: identifierSchema,
  ward: identifierSchema,
  bed: identifierSchema,
  /** When it moved, epoch milliseconds. */
  atMs: z.int(),
});

export type StayTransferred = z.infer<typeof stayTransferredSchema>;
