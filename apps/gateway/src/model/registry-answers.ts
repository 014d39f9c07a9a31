import { RELEASE_ACTIONS, releaseDecisionSchema, releaseStandingSchema } from '#wire';
import { z } from 'zod';
import { appText } from './app-text.js';

const told = { by: appText, why: appText };

/** What the gateway takes of `GET /releases` of the registry. */
export const releasesAnswerSchema = z.object({
  releases: z.array(z.object({ ...releaseStandingSchema.shape, ...told })).max(1_000),
});

/** What the gateway takes of `GET /decisions` of the registry; newest first. */
export const decisionsAnswerSchema = z.object({
  decisions: z
    .array(z.object({ ...releaseDecisionSchema.shape, ...told, action: z.enum(RELEASE_ACTIONS) }))
    .transform((decisions) => decisions.slice(0, 50)),
});
