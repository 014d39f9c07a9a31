import { z } from 'zod';
import { EVENT_OUTCOMES } from './outcomes.js';

/** Type attribute of {@link deadLetterSchema} events. */
export const DEAD_LETTER = 'vigil.dead-letter.v1';

/** A message that could not be used, whole, with where it stood and why it was refused. */
export const deadLetterSchema = z.strictObject({
  topic: z.string(),
  partition: z.int(),
  /** Decimal text: offsets exceed what JSON numbers hold. */
  offset: z.string(),
  timestampMs: z.int(),
  reason: z.enum(EVENT_OUTCOMES),
  /** What was wrong and what was expected; names no person. */
  detail: z.string(),
  key: z.string(),
  headers: z.record(z.string(), z.string()),
  valueBase64: z.string().nullable(),
});

export type DeadLetter = z.infer<typeof deadLetterSchema>;
