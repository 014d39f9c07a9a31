import { z } from 'zod';
import { DISPOSITIONS, MAX_PRIOR_STAYS, stayAdmittedSchema } from '#wire';

const positionSchema = z.string().regex(/^\d+$/).transform(BigInt);
const standing = { nextOffset: positionSchema, lastRecordAtMs: z.number() };
const dueSchema = z.strictObject({
  lastDueAtMs: z.number().optional(),
  scorable: z.boolean(),
  laboratoryChangedAtMs: z.number().optional(),
});
const facts = {
  ...standing,
  stay: stayAdmittedSchema,
  due: dueSchema,
  priorStayIds: z.array(z.string()).max(MAX_PRIOR_STAYS),
  lifeAtMs: z.number(),
  reopenedAtMs: z.number().optional(),
  withdrawn: z.boolean(),
};

/** Head of the snapshot of a stay that goes on. */
export const liveHeadSchema = z.strictObject({ state: z.literal('live'), ...facts });

/** Head of the snapshot of a stay that ended. */
export const endedHeadSchema = z.strictObject({
  state: z.literal('ended'),
  ...facts,
  end: z.strictObject({
    endedAtMs: z.number(),
    outcome: z.enum(['died', 'survived']).optional(),
    outcomeKnownAtMs: z.number().optional(),
    disposition: z.enum(DISPOSITIONS).optional(),
  }),
});

/** Head of the snapshot of a stay that was given up. */
export const givenUpHeadSchema = z.strictObject({
  state: z.literal('given-up'),
  ...standing,
  stayId: z.string(),
  fate: z.enum(['cancelled', 'merged', 'ended']),
  survivorStayId: z.string().optional(),
  withdrawn: z.boolean(),
});

/**
 * Heads of version 1, in today's words: no merges, no withdrawals, no newest message about the stay's life (so none counts as older); of a
 * stay that ended it kept nothing but that it did.
 */
export const firstVersionSchema = z.discriminatedUnion('state', [
  z
    .strictObject({ state: z.literal('live'), stay: stayAdmittedSchema, due: dueSchema, ...standing })
    .transform((head) => ({ ...head, priorStayIds: [], lifeAtMs: 0, withdrawn: false })),
  z
    .strictObject({ state: z.literal('ended'), stayId: z.string(), endedAtMs: z.number(), ...standing })
    .transform(({ stayId, nextOffset, lastRecordAtMs }) => {
      const givenUp = { state: 'given-up' as const, fate: 'ended' as const, withdrawn: false };
      return { ...givenUp, stayId, nextOffset, lastRecordAtMs };
    }),
]);
