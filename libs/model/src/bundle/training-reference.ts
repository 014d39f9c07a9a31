import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Bins of a number: shares of the values between edges; a value on an edge lies in the bin below it. */
const histogram = z
  .strictObject({
    /** How many values the shares come from. */
    values: z.int().min(0),
    /** Inner edges, ascending. */
    edges: z.array(z.number()).max(32),
    /** [edges + 1], together 1; empty where there was no value. */
    shares: z.array(share).max(33),
  })
  .refine(
    ({ edges, shares, values }) => shares.length === (values === 0 ? 0 : edges.length + 1),
    'expected one share more than edges',
  );

/**
 * What a release was trained on, as distributions: whoever watches the release compares what it meets later. It holds no value of anybody, only edges and
 * shares; a few kilobytes.
 */
export const trainingReferenceSchema = z.strictObject({
  /** Hours since admission at which its windows end; only such windows may be compared with it. */
  hours: z.strictObject({ from: z.number(), to: z.number() }),
  windows: z.int().min(1),
  /** Of each signal: the share of windows without any measurement, and the last value of the others in the stored unit. */
  signals: z.record(z.string(), histogram.safeExtend({ shareMissing: share })),
  /** Calibrated risks of validation windows, as they are served. */
  risk: histogram,
});

/** Distributions of a release's training. */
export type TrainingReference = z.infer<typeof trainingReferenceSchema>;

/** Distribution of one number in a {@link TrainingReference}. */
export type ReferenceHistogram = TrainingReference['risk'];
