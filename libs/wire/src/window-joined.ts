import { z } from 'zod';
import { identifierSchema } from './identifier.js';

/** Type attribute of {@link windowJoinedSchema} events. */
export const WINDOW_JOINED = 'vigil.stay.window-joined.v1';

/** Most stays that one stay can have taken up, and most stays that a window is handed on through. */
export const MAX_PRIOR_STAYS = 32;

/**
 * What a prior stay leaves to its survivor: written by the scorer that holds the prior stay, as its answer to a merge, since the two may be in
 * different partitions. Joining it twice changes nothing.
 */
export const windowJoinedSchema = z.strictObject({
  /** The survivor. */
  stayId: identifierSchema,
  priorStayId: identifierSchema,
  /** The prior stay and those that it had taken up itself. */
  priorStayIds: z.array(identifierSchema).min(1).max(MAX_PRIOR_STAYS),
  /** Stays that handed the window on because they had been merged themselves, first the prior one; a ring of merges ends here. */
  throughStayIds: z.array(identifierSchema).min(1).max(MAX_PRIOR_STAYS),
  /** Nothing may be learned from the prior stay; it is the same person, so nothing may from the survivor either. */
  withdrawn: z.boolean(),
  /** When the stays were merged, epoch milliseconds. */
  atMs: z.int(),
  /** The prior stay's window as its canonical bytes, base64; it names its own admission time. At most 30 KiB. */
  windowBase64: z.base64().max(40_000),
});

export type WindowJoined = z.infer<typeof windowJoinedSchema>;
