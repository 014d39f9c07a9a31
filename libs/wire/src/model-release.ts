import { z } from 'zod';

/** Type attribute of {@link modelReleaseSchema} events. */
export const MODEL_RELEASE = 'vigil.model-release.v1';

/** The life of a release. At most one is the champion, whose scores are shown; shadows score beside it, unseen. */
export const RELEASE_STATES = ['candidate', 'shadow', 'champion', 'retired'] as const;

/** One of {@link RELEASE_STATES}. */
export type ReleaseState = (typeof RELEASE_STATES)[number];

/** SHA-256 in hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'expected the 64 hexadecimal digits of a SHA-256');

/** A release after a transition; the key is its id. */
export const modelReleaseSchema = z.strictObject({
  releaseId: z.string(),
  /** SHA-256 of the bytes of manifest.json, which names the digests of the other files. */
  digest: sha256Schema,
  state: z.enum(RELEASE_STATES),
  /** Whether automatic promotions over it are refused; champions only. */
  pinned: z.boolean(),
  /** Share of due windows that it scores as a shadow; 0 in other states. */
  shadowShare: z.number().min(0).max(1),
  changedAtMs: z.int(),
  by: z.string(),
  why: z.string(),
  /** Where the bundle is: an http(s) URL with its files at `<location>/files/<name>`, or the file URL of a folder. */
  location: z.string(),
});

export type ModelRelease = z.infer<typeof modelReleaseSchema>;
