import { z } from 'zod';

/**
 * Figures by which a candidate is set beside the champion. `observedToExpected` is deaths by the sum of risks; imputation errors are the root mean
 * square on the champion's scale, on hidden points and on hidden blocks of hours; alarms are those of the threshold that catches the policy's share of deaths,
 * and their precision the share of them in stays that ended in death.
 */
export const COMPARED_FIGURES = [
  'auroc',
  'auprc',
  'brier',
  'calibrationSlope',
  'calibrationIntercept',
  'observedToExpected',
  'imputationErrorPoints',
  'imputationErrorHours',
  'alarmsPerPatientDay',
  'alarmPrecision',
] as const;

/** One of {@link COMPARED_FIGURES}. */
export type ComparedFigure = (typeof COMPARED_FIGURES)[number];

/** Whether more of a figure is better (1), less (-1), or neither, since it belongs near a value of its own (0). */
export const BETTER_DIRECTION: Readonly<Record<ComparedFigure, 1 | -1 | 0>> = {
  auroc: 1,
  auprc: 1,
  brier: -1,
  calibrationSlope: 0,
  calibrationIntercept: 0,
  observedToExpected: 0,
  imputationErrorPoints: -1,
  imputationErrorHours: -1,
  alarmsPerPatientDay: -1,
  alarmPrecision: 1,
};

/** What held-out stays are parted by. */
export const GROUPINGS = ['site', 'age', 'sex'] as const;

/** One of {@link GROUPINGS}. */
export type Grouping = (typeof GROUPINGS)[number];

const count = z.int().min(0);
/** Null where the figure is not defined. */
const number = z.number().nullable();
/** Value and 95 % interval over patients. */
const estimate = z.strictObject({ value: number, low: number, high: number });
const release = z.string().min(1).max(200);

const pairedFigure = z.strictObject({
  figure: z.enum(COMPARED_FIGURES),
  champion: estimate,
  candidate: estimate,
  /** Candidate minus champion, in the same resamples. */
  difference: estimate,
});

const comparedGroup = z.strictObject({
  /** `all` for the held-out stays together. */
  by: z.enum(['all', ...GROUPINGS]),
  group: z.string(),
  stays: count,
  deaths: count,
  /** Scores of these stays that the figures of a risk are taken from. */
  windows: count,
  figures: z.array(pairedFigure),
});

/** Champion and candidate on the same held-out stays: the evidence of a decision. It holds no stay and no person, only counts and figures. */
export const comparisonSchema = z.strictObject({
  schemaVersion: z.literal(1),
  champion: release,
  candidate: release,
  heldOut: z.strictObject({
    /** Only stays that ended from here on, epoch milliseconds. */
    fromMs: z.int(),
    toMs: z.int(),
    stays: count,
    deaths: count,
    /** Thresholds that catch the policy's share of these deaths. */
    thresholds: z.strictObject({ champion: number, candidate: number }),
  }),
  seed: z.int(),
  resamples: count,
  /** All stays first, then by site, age band and sex. */
  groups: z.array(comparedGroup).min(1),
  /** How well risks agree with outcomes, by tenths of the risk: mean risk, share that died, windows. */
  reliability: z.strictObject({
    champion: z.array(z.strictObject({ risk: z.number(), died: z.number(), windows: count })),
    candidate: z.array(z.strictObject({ risk: z.number(), died: z.number(), windows: count })),
  }),
});

/** Evidence of a decision. */
export type Comparison = z.infer<typeof comparisonSchema>;

/** Figures of the held-out stays of one group. */
export type ComparedGroup = z.infer<typeof comparedGroup>;

/** One figure of both releases. */
export type PairedFigure = z.infer<typeof pairedFigure>;

/** A figure with its interval; null where it is not defined. */
export type NullableEstimate = z.infer<typeof estimate>;
