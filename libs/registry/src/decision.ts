import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A file of a bundle as the journal names it. */
export const bundleFileSchema = z.strictObject({ name: z.string(), digest: sha256, bytes: z.int().min(0) });

const common = {
  /** 1 for the first decision; grows by one. */
  sequence: z.int().min(1),
  atMs: z.int(),
  releaseId: z.string(),
  by: z.string(),
  why: z.string(),
  /** SHA-256 of the evidence that was given, which is kept beside the bundles. */
  evidence: sha256.optional(),
};

/** A decision about a release, as the journal keeps it for ever. */
export const decisionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('added'), ...common, digest: sha256, files: z.array(bundleFileSchema) }),
  z.strictObject({ action: z.literal('shadowed'), ...common, share: z.number().gt(0).max(1) }),
  z.strictObject({
    action: z.literal('promoted'),
    ...common,
    /** Decided by a gate, not by a person. */
    automatic: z.boolean(),
    /** A person insisted: over a pin, or on a release that was not in shadow. */
    forced: z.boolean(),
    /** The champion before. */
    replaced: z.string().optional(),
  }),
  z.strictObject({ action: z.literal('rolled-back'), ...common, replaced: z.string(), pinned: z.boolean() }),
  z.strictObject({ action: z.literal('retired'), ...common }),
  /** The bundle of a retired release is no longer kept. */
  z.strictObject({ action: z.literal('discarded'), ...common }),
  z.strictObject({ action: z.literal('pinned'), ...common }),
  z.strictObject({ action: z.literal('unpinned'), ...common }),
]);

/** One of the registry's decisions; `releaseId` is the release that it is about, after a roll-back the one that is champion again. */
export type Decision = z.infer<typeof decisionSchema>;

/** A file of a bundle: its name, SHA-256 and size. */
export type BundleFile = z.infer<typeof bundleFileSchema>;
