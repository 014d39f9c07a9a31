import { z } from 'zod';
import { alertSchema } from './alert.js';

/** Type attribute of {@link undeliveredAlertSchema} events, which stand on `dead-letters`. Their id is `sink|alertId-sequence`. */
export const UNDELIVERED_ALERT = 'vigil.undelivered-alert.v1';

/** An alert's transition that one sink was given up on, whole, with where it stood and why. Key of the record: the stay. */
export const undeliveredAlertSchema = z.strictObject({
  /** Name of the sink in the configuration. */
  sink: z.string(),
  topic: z.string(),
  partition: z.int(),
  /** Decimal text: offsets exceed what JSON numbers hold. */
  offset: z.string(),
  /** `refused`: the receiver will never take it. `exhausted`: as many attempts as there may be have failed. */
  reason: z.enum(['refused', 'exhausted']),
  /** What the receiver said last. */
  detail: z.string(),
  attempts: z.int().min(1),
  alert: alertSchema,
});

export type UndeliveredAlert = z.infer<typeof undeliveredAlertSchema>;
