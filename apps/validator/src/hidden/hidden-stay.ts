import { z } from 'zod';

/** Ways of hiding measured entries from the imputer. */
export const HIDINGS = ['points-10', 'laboratory-50'] as const;

/** One of {@link HIDINGS}. */
export type Hiding = (typeof HIDINGS)[number];

/** Sums over the hidden entries of one signal in one stay's window. Errors of the served median and of the last value carried forward. */
export const hiddenSumsSchema = z.strictObject({
  signal: z.string(),
  entries: z.number(),
  /** Squared and absolute errors on the release's normalised scale. */
  squared: z.number(),
  absolute: z.number(),
  carriedSquared: z.number(),
  carriedAbsolute: z.number(),
  /** Absolute errors in the stored unit. */
  storedAbsolute: z.number(),
  /** Entries within the served 5-95 % interval. */
  within: z.number(),
});

/** See {@link hiddenSumsSchema}. */
export type HiddenSums = z.infer<typeof hiddenSumsSchema>;

/** What the imputer made of the hidden entries of one stay. */
export const hiddenStaySchema = z.strictObject({
  stayId: z.string(),
  hiding: z.enum(HIDINGS),
  sums: z.array(hiddenSumsSchema),
});

/** See {@link hiddenStaySchema}. */
export type HiddenStay = z.infer<typeof hiddenStaySchema>;
