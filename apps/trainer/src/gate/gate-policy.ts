import { z } from 'zod';
import { COMPARED_FIGURES, GROUPINGS } from './comparison.js';

const count = z.int().min(1);
const share = z.number().gt(0).lt(1);
const within = z.enum(['all', 'groups']);
const oriented = z.enum(
  COMPARED_FIGURES.filter(
    (figure) => !['calibrationSlope', 'calibrationIntercept', 'observedToExpected'].includes(figure),
  ),
);

/** How much worse a candidate may be in one figure. */
const margin = z.strictObject({
  figure: oriented,
  /** The held-out stays together, or each group of them that is large enough. */
  within,
  /** Worse by more than this is no promotion: refused where the interval agrees, held where it may be chance. */
  margin: z.number().min(0),
  /** The margin is a share of the champion's figure. @default false */
  relative: z.boolean().default(false),
  /** Held also where the interval reaches beyond this, so that a loss of such a size cannot be ruled out. @default no such rule */
  unsureBeyond: z.number().min(0).optional(),
});

/** Where a figure of calibration must lie. */
const band = z
  .strictObject({
    figure: z.enum(['calibrationSlope', 'calibrationIntercept', 'observedToExpected']),
    within,
    low: z.number(),
    high: z.number(),
  })
  .refine(({ low, high }) => low < high, 'the low end of a band must lie below its high end');

/** What a candidate must show to be promoted: a file with a version, so that a decision can name what it went by. */
export const gatePolicySchema = z.strictObject({
  /** Name of this very policy; a change is a new name. */
  policy: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,40}$/, 'expected lower-case letters, digits, dots or hyphens'),
  heldOut: z.strictObject({
    /** Share of the local stays, the last to end, that no training sees. */
    share,
    /** With fewer held-out stays or deaths nothing can be told: held. */
    leastStays: count,
    leastDeaths: count,
    /** Most stays to score, the last to end; bounds the time that a comparison takes. */
    mostStays: count,
    /** Hours between two scores of a stay, for the burden of alarms. */
    scoreEveryHours: z.number().min(0.5).max(24),
    /** No score later than this after admission, hours. */
    upToHours: z.number().min(4).max(720),
    /** Hours since admission at which risks are judged; a stay counts at each that it reached. */
    judgedAtHours: z.array(z.number().min(4).max(720)).min(1),
    /** Share of deaths that the alarm threshold shall catch. */
    deathsCaught: share,
    resamples: z.int().min(100).max(10_000),
  }),
  groups: z.strictObject({
    by: z.array(z.enum(GROUPINGS)),
    /** Smaller groups are shown, but not judged. */
    leastStays: count,
    leastDeaths: count,
  }),
  calibration: z.array(band),
  margins: z.array(margin),
  /**
   * The candidate must be shown to be better in one of these: the end of the interval that speaks against it must reach so far. None asked for where the list
   * is empty; a candidate that is merely level then passes.
   */
  gains: z.array(z.strictObject({ figure: oriented, atLeast: z.number() })),
  /** What follows when it passes. */
  passing: z.strictObject({
    /** Share of windows that it scores in the shadow first. */
    shadowShare: z.number().gt(0).max(1),
    /** Hours in the shadow before it is promoted; 0 promotes at once. */
    shadowHours: z.number().min(0).max(2_160),
    /** False leaves the promotion to a person. */
    promote: z.boolean(),
  }),
});

/** What a candidate must show. */
export type GatePolicy = z.infer<typeof gatePolicySchema>;
