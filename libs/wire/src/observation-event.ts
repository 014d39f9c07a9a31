import { OBSERVATION_SOURCES } from '#clinical';
import { z } from 'zod';

/** Type attribute of {@link observationEventSchema} events. */
export const OBSERVATION = 'vigil.observation.v1';

/**
 * One value of one signal. `signal` and `unit` are open texts here: what the catalogue does not know ends in the outcomes
 * `signal-unknown` and `unit-unknown`, not in `malformed`.
 */
export const observationEventSchema = z.strictObject({
  stayId: z.string().min(1).max(64),
  signal: z.string().min(1).max(64),
  value: z.number(),
  /** UCUM. */
  unit: z.string().max(32),
  effectiveAtMs: z.int(),
  availableAtMs: z.int(),
  source: z.enum(OBSERVATION_SOURCES),
});

export type ObservationEvent = z.infer<typeof observationEventSchema>;
