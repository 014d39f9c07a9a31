import { z } from 'zod';

const count = z.int().min(0);
const loss = z.number();

/** Parts of the work that a child does, in their order. */
export const CHILD_PHASES = ['planning', 'windows', 'teacher', 'training', 'figures', 'scoring', 'comparing'] as const;

/** One of {@link CHILD_PHASES}. */
export type ChildPhase = (typeof CHILD_PHASES)[number];

/** What a child tells the service that started it, over the channel between them. Names no stay. */
export const childMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('phase'), phase: z.enum(CHILD_PHASES) }),
  z.strictObject({
    kind: z.literal('step'),
    /** Counted from 0 over both phases of a training. */
    ...{ epoch: count, epochs: count, batch: count, batches: count },
    losses: z.strictObject({ loss, imputation: loss, mortality: loss, contrastive: loss }),
  }),
  z.strictObject({
    kind: z.literal('epoch'),
    ...{ epoch: count, epochs: count },
    /** Null where no validation stay allows one. */
    meanAuroc: z.number().nullable(),
    imputationRmse: z.number().nullable(),
    isBest: z.boolean(),
  }),
  /** Of the figures, or of the held-out stays: how much is done. */
  z.strictObject({ kind: z.literal('part'), done: count, of: count }),
]);

/** What a child tells the service. */
export type ChildMessage = z.infer<typeof childMessageSchema>;

/** Tells the parent, where a service started this process; else nothing. A parent that is gone misses it: whoever stops then is `stopWithParent`. */
export function tellParent(message: ChildMessage): void {
  process.send?.(message, undefined, {}, () => undefined);
}
