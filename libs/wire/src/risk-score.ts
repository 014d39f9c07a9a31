import { z } from 'zod';

/** Type attribute of {@link riskScoreSchema} events. */
export const RISK_SCORE = 'vigil.risk-score.v1';

const probability = z.number().min(0).max(1);

/** Median and 5-95 % interval over the imputed samples and the release's risk networks. */
export const riskSchema = z.strictObject({ median: probability, low: probability, high: probability });

/** Outcomes of the training stays whose windows look most alike to the release: how many they are, and how many of them died. */
export const nearestSchema = z.strictObject({ stays: z.int().min(20), died: z.int().min(0) });

/** NEWS2 from the same window, as far as its parts were measured. */
export const news2Schema = z.strictObject({
  /** Sum of the parts that are known; a lower bound while `missing` is not empty. */
  total: z.int().min(0).max(20),
  parts: z.record(z.string(), z.int().min(0).max(3)),
  missing: z.array(z.string()),
});

/** The last value of a signal and when it was true. */
export const latestValueSchema = z.strictObject({ signal: z.string(), value: z.number(), atMs: z.int() });

/** Imputed values of one signal in the window's hours; null where the hour was measured. */
export const imputedSignalSchema = z.strictObject({
  signal: z.string(),
  median: z.array(z.number().nullable()),
  low: z.array(z.number().nullable()),
  high: z.array(z.number().nullable()),
});

/** A score of one window of one stay, or the reason why there is none. */
export const riskScoreSchema = z.strictObject({
  stayId: z.string(),
  site: z.string(),
  ward: z.string(),
  bed: z.string(),
  admittedAtMs: z.int(),
  /** Event time at which the stay was due. */
  dueAtMs: z.int(),
  /** Start of the window's oldest hourly bin; bin h covers [windowStartMs + h hours, + 1 hour). */
  windowStartMs: z.int(),
  /** SHA-256 of the window's canonical bytes, hex. */
  windowDigest: z.string(),
  releaseId: z.string(),
  /** Say so wherever it is shown: an untrained release proves the line, not the patient. */
  releaseStage: z.enum(['untrained', 'research']),
  engine: z.string(),
  /** Absent when refused. */
  risk: riskSchema.optional(),
  /** Absent when refused, and where the release holds no training stays to compare with. */
  nearest: nearestSchema.optional(),
  refusedBecause: z.enum(['too-little-data', 'too-early', 'model-unavailable']).optional(),
  /** Log odds of the risk with the signal minus without it, above 0 where it raises the risk; strongest first. */
  contributions: z.array(z.strictObject({ signal: z.string(), logOdds: z.number() })),
  /** Share of the release's signals that were measured at least once in the window. */
  completeness: probability,
  /** Share of the window's bins that were imputed. */
  shareImputed: probability,
  latest: z.array(latestValueSchema),
  news2: news2Schema,
  imputed: z.array(imputedSignalSchema),
});

export type RiskScore = z.infer<typeof riskScoreSchema>;
