import { z } from 'zod';

/** What is known of a stay that is validated on. */
export const stayFactsSchema = z.strictObject({
  stayId: z.string(),
  patientId: z.string(),
  /** Absent where the data do not say how the stay ended. */
  died: z.boolean().optional(),
  /** Hours from admission to death where the data say when (to a day), else to the end of the stay or of its recording. */
  endHours: z.number(),
  /** Hours that are replayed. */
  recordedHours: z.number(),
});

/** See {@link stayFactsSchema}. */
export type StayFacts = z.infer<typeof stayFactsSchema>;
