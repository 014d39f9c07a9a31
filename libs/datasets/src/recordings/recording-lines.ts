import { isSignalId, OBSERVATION_SOURCES, type SignalId } from '#clinical';
import { z } from 'zod';
import { DATASET_IDS } from '../dataset-id.js';

const text = z.string().min(1).max(64);

/** First line of a recording: who, where and what is known at admission. All times count from admission, milliseconds. */
export const admittedLineSchema = z.strictObject({
  event: z.literal('stay-admitted'),
  stayId: text,
  datasetId: z.enum(DATASET_IDS),
  patientId: text,
  site: text,
  ward: text,
  bed: text,
  static: z.strictObject({
    ageYears: z.number().optional(),
    sex: z.enum(['female', 'male']).optional(),
    ethnicity: z.enum(['asian', 'black', 'hispanic', 'white', 'other']).optional(),
    heightCm: z.number().optional(),
    weightKg: z.number().optional(),
    unitType: z.enum(['coronary', 'cardiac-surgery', 'medical', 'surgical', 'mixed', 'neuro']).optional(),
  }),
});

/** A value; `availableAtMs` is left out where it equals `effectiveAtMs`. Lines stand in the order of availability. */
export const observationLineSchema = z.strictObject({
  event: z.literal('observation'),
  signal: z.custom<SignalId>((value) => typeof value === 'string' && isSignalId(value), 'a signal of the catalogue'),
  value: z.number(),
  /** UCUM. */
  unit: z.string(),
  effectiveAtMs: z.int().nonnegative(),
  availableAtMs: z.int().nonnegative().optional(),
  source: z.enum(OBSERVATION_SOURCES),
});

/** Last line: the stay's or the recording's end. */
export const endedLineSchema = z.strictObject({
  event: z.literal('stay-ended'),
  endedAtMs: z.int().nonnegative(),
  outcome: z.enum(['died', 'survived']).optional(),
});

/** Any line of a recording. */
export const recordingLineSchema = z.discriminatedUnion('event', [
  admittedLineSchema,
  observationLineSchema,
  endedLineSchema,
]);

export type RecordingLine = z.infer<typeof recordingLineSchema>;
