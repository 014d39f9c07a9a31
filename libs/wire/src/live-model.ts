import { z } from 'zod';
import { liveTimeSchema } from './live-identifiers.js';
import { RELEASE_STATES, sha256Schema } from './model-release.js';

const count = z.int().min(0);
const name = z.string().max(200);
const text = z.string().max(2_000);

/** A release as the registry has it: where it stands, and who brought it there, when and why. */
export const releaseStandingSchema = z.strictObject({
  releaseId: name,
  digest: sha256Schema,
  state: z.enum(RELEASE_STATES),
  pinned: z.boolean(),
  /** Share of due windows that it scores as a shadow; 0 in other states. */
  shadowShare: z.number().min(0).max(1),
  addedAtMs: liveTimeSchema,
  /** Of the last decision about it, as `by` and `why`. */
  changedAtMs: liveTimeSchema,
  by: text,
  why: text,
});

/** What the registry can decide about a release. */
export const RELEASE_ACTIONS = [
  'added',
  'shadowed',
  'promoted',
  'rolled-back',
  'retired',
  'discarded',
  'pinned',
  'unpinned',
] as const;

/** One of {@link RELEASE_ACTIONS}. */
export type ReleaseAction = (typeof RELEASE_ACTIONS)[number];

/** A line of the registry's journal. */
export const releaseDecisionSchema = z.strictObject({
  /** 1 for the first decision; grows by one. */
  sequence: z.int().min(1),
  atMs: liveTimeSchema,
  action: z.enum(RELEASE_ACTIONS),
  /** What it is about; after a roll-back the release that is champion again. */
  releaseId: name,
  by: text,
  why: text,
  /** Share of due windows, of a release that was put in shadow. */
  share: z.number().optional(),
  /** The champion before. */
  replaced: name.optional(),
  /** Whether a gate promoted, and whether a person insisted; of promotions. */
  automatic: z.boolean().optional(),
  forced: z.boolean().optional(),
});

/** A training: what started it, how far it is, and what the gate decided of its candidate. */
export const trainingStandingSchema = z.strictObject({
  id: z.string().regex(/^[0-9]{8}-[0-9]{6}(-[0-9]+)?$/),
  trigger: z.enum(['request', 'schedule', 'outcomes', 'drift']),
  by: text,
  why: text,
  start: z.enum(['champion', 'scratch']),
  /** `declined`: there were too few outcomes to train and judge by. */
  state: z.enum(['running', 'finished', 'failed', 'cancelled', 'declined']),
  step: name,
  /** Stays with a known outcome when it started. */
  knownOutcomes: count,
  startedAtMs: liveTimeSchema,
  endedAtMs: liveTimeSchema.optional(),
  /** Processes that died and were taken up again. */
  restarts: count,
  /** Id of the release that it makes, and of the champion that it is judged by. */
  candidateId: name.optional(),
  championId: name.optional(),
  progress: z
    .strictObject({
      phase: name,
      /** 0 to 100 over all steps. */
      percent: z.number().min(0).max(100),
      epoch: count.optional(),
      epochs: count.optional(),
      /** By the pace so far; absent at first. */
      expectedEndMs: liveTimeSchema.optional(),
    })
    .optional(),
  /** With one there is a report at `/api/trainings/:id/report`. */
  decision: z
    .strictObject({ policy: name, decision: z.enum(['refuse', 'hold', 'promote']), reasons: z.array(text).max(200) })
    .optional(),
  release: z
    .strictObject({
      /** `kept`: in the training's folder only; `left`: others have decided about it since. */
      state: z.enum(['kept', 'candidate', 'shadow', 'champion', 'left']),
      /** When a shadow is due to be promoted. */
      promoteAtMs: liveTimeSchema.optional(),
      note: text.optional(),
    })
    .optional(),
  /** Why it failed, was declined or cancelled. */
  problem: text.optional(),
});

/** How far a distribution lies from the training reference's. */
const shiftFields = {
  /** Values that were counted. */
  values: count,
  /** Population stability index; absent where one side has no value. */
  stabilityIndex: z.number().optional(),
  /** Distance by Kolmogorov and Smirnov, and its chance. */
  distance: z.number().optional(),
  pValue: z.number().optional(),
};

/** One signal beside the training reference. */
export const signalDriftSchema = z.strictObject({
  signal: name,
  ...shiftFields,
  /** Share of windows without a measurement, now and in the reference. */
  shareMissing: z.number(),
  referenceShareMissing: z.number(),
  /** In what this signal by itself lies beyond the drift policy's limits. */
  found: z.array(z.enum(['values', 'missingness'])),
});

/** What the champion meets beside what it was trained on. */
export const driftStandingSchema = z.strictObject({
  policy: name,
  /** The release that is watched; absent until the trainer knows it. */
  releaseId: name.optional(),
  /** `absent`: the release carries no distributions of its training, so that nothing can be compared. */
  reference: z.enum(['present', 'absent', 'unknown']),
  /** Kinds of drift that were found on several days in a row. */
  flagged: z.array(z.enum(['values', 'missingness', 'risk', 'outcomes'])),
  /** Of the newest days of the log's clock; absent before the first score. */
  assessment: z
    .strictObject({
      /** First moment of the last of these days, UTC. */
      dayMs: liveTimeSchema,
      scores: count,
      found: z.array(z.enum(['values', 'missingness', 'risk', 'outcomes'])),
      signals: z.array(signalDriftSchema).max(500),
      risk: z.strictObject(shiftFields),
      outcomes: z.strictObject({
        outcomes: count,
        deaths: count,
        /** Sum of the risks of these stays. */
        expected: z.number(),
        /** Deaths by expected; absent where nothing was expected. */
        ratio: z.number().optional(),
        /** Standard deviations of the deaths from what was expected, if the risks were right. */
        deviations: z.number().optional(),
      }),
    })
    .optional(),
});

/** Said in the place of a part that could not be had: a sentence for people that tells what to do. */
export const unavailableSchema = z.strictObject({ unavailable: text });

/** `asOfMs`: when the gateway read it, on its clock. */
const asOf = { asOfMs: liveTimeSchema };

/** Answer of `GET /api/model`: three parts, each by itself there or `unavailable`. It names no stay and no person at a bed. */
export const modelResponseSchema = z.strictObject({
  disclaimer: z.string(),
  /** The gateway's clock; ages count against it. */
  nowMs: liveTimeSchema,
  releases: z.union([
    z.strictObject({
      ...asOf,
      /** In the order in which they came. */
      releases: z.array(releaseStandingSchema).max(1_000),
      /** Newest first, at most 50. */
      decisions: z.array(releaseDecisionSchema).max(50),
    }),
    unavailableSchema,
  ]),
  trainings: z.union([
    z.strictObject({
      ...asOf,
      /** When the schedule starts the next one. */
      nextAtMs: liveTimeSchema.optional(),
      /** Newest first, at most 50; at most one is running. */
      trainings: z.array(trainingStandingSchema).max(50),
    }),
    unavailableSchema,
  ]),
  drift: z.union([z.strictObject({ ...asOf, ...driftStandingSchema.shape }), unavailableSchema]),
});

export type ReleaseStanding = z.infer<typeof releaseStandingSchema>;
export type ReleaseDecision = z.infer<typeof releaseDecisionSchema>;
export type TrainingStanding = z.infer<typeof trainingStandingSchema>;
export type SignalDrift = z.infer<typeof signalDriftSchema>;
export type DriftStanding = z.infer<typeof driftStandingSchema>;
export type ModelResponse = z.infer<typeof modelResponseSchema>;
