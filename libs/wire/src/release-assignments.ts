import { z } from 'zod';
import { sha256Schema } from './model-release.js';

/** Type attribute of {@link releaseAssignmentsSchema} events. */
export const RELEASE_ASSIGNMENTS = 'vigil.release-assignments.v1';

/** Key of the one record that says which releases are at work; no release may have it as its id. */
export const RELEASE_ASSIGNMENTS_KEY = 'assignments';

const assigned = { releaseId: z.string(), digest: sha256Schema, location: z.string() };

/** Which releases score, all in one record, so that a reader never sees half of a transition. The newest on the log counts. */
export const releaseAssignmentsSchema = z.strictObject({
  /** Absent before the first promotion. */
  champion: z.strictObject({ ...assigned, pinned: z.boolean() }).optional(),
  /** `share` of the due windows, chosen by stay and due time, is scored by each of these too. */
  shadows: z.array(z.strictObject({ ...assigned, share: z.number().min(0).max(1) })),
  changedAtMs: z.int(),
});

export type ReleaseAssignments = z.infer<typeof releaseAssignmentsSchema>;
