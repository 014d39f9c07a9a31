import { z } from 'zod';
import { identifierSchema } from './identifier.js';
import { stayIdSchema } from './stay-id.js';

/** Type attribute of {@link stayAdmittedSchema} events; HL7 calls it A01. */
export const STAY_ADMITTED = 'vigil.stay.admitted.v1';

/** What is known at admission; absent is unknown. */
export const stayStaticSchema = z.strictObject({
  ageYears: z.number().min(0).max(130).optional(),
  sex: z.enum(['female', 'male']).optional(),
  ethnicity: z.enum(['asian', 'black', 'hispanic', 'white', 'other']).optional(),
  heightCm: z.number().min(30).max(260).optional(),
  weightKg: z.number().min(1).max(500).optional(),
  unitType: z.enum(['coronary', 'cardiac-surgery', 'medical', 'surgical', 'mixed', 'neuro']).optional(),
});

/** A stay begins. Sent again with changes it replaces what was known (the admission time never changes). */
export const stayAdmittedSchema = z.strictObject({
  stayId: stayIdSchema,
  site: identifierSchema,
  ward: identifierSchema,
  bed: identifierSchema,
  admittedAtMs: z.int(),
  static: stayStaticSchema,
});

export type StayAdmitted = z.infer<typeof stayAdmittedSchema>;
