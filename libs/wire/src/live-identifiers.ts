import { z } from 'zod';

/** An identifier of a stay, site or ward, as on the topics. */
export const liveIdentifierSchema = z.string().min(1).max(64);

/** Epoch milliseconds. */
export const liveTimeSchema = z.int();

/**
 * A position in a gateway's sequence of changes. Sequences of different epochs cannot be compared: each start of a gateway is an epoch of its own.
 */
export const livePositionSchema = z.strictObject({
  epoch: z.string().min(1).max(64),
  sequence: z.int().min(0),
});

export type LivePosition = z.infer<typeof livePositionSchema>;

/** What a subscription is about. `all` and `ward` give bed summaries; `stay` gives the bed's summary and its detail. */
export const liveTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('ward'), site: liveIdentifierSchema, ward: liveIdentifierSchema }),
  z.strictObject({ kind: z.literal('stay'), stayId: liveIdentifierSchema }),
]);

export type LiveTarget = z.infer<typeof liveTargetSchema>;
