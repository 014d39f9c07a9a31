import { z } from 'zod';
import { heldOutPlanSchema } from '../compare/plan-held-out.js';
import { GATE_DECISIONS } from '../gate/decide-gate.js';
import { CHILD_PHASES } from './child-message.js';

const ms = z.int();
const count = z.int().min(0);
const text = z.string().max(500);

/** What starts a training. */
export const TRAINING_TRIGGERS = ['request', 'schedule', 'outcomes', 'drift'] as const;

/** One of {@link TRAINING_TRIGGERS}. */
export type TrainingTrigger = (typeof TRAINING_TRIGGERS)[number];

/** Steps of a training, each of which can be taken up again. */
export const TRAINING_STEPS = ['prepare', 'train', 'compare', 'decide', 'release'] as const;

/** One of {@link TRAINING_STEPS}. */
export type TrainingStep = (typeof TRAINING_STEPS)[number];

/** How far a training is. */
export const trainingProgressSchema = z.strictObject({
  phase: z.enum(CHILD_PHASES),
  /** 0 to 100 over all steps. */
  percent: z.number().min(0).max(100),
  epoch: count.optional(),
  epochs: count.optional(),
  /** Of the last step. */
  losses: z
    .strictObject({ loss: z.number(), imputation: z.number(), mortality: z.number(), contrastive: z.number() })
    .optional(),
  /** Mean AUROC on validation stays by epoch, oldest first. */
  validation: z.array(z.number().nullable()).max(1_000),
  /** By the pace since the process started; absent at first. */
  expectedEndMs: ms.optional(),
});

/** How far a training is. */
export type TrainingProgress = z.infer<typeof trainingProgressSchema>;

/** A training as the journal keeps it. It names no stay and no person. */
export const trainingSchema = z.strictObject({
  id: z.string().regex(/^[0-9]{8}-[0-9]{6}(-[0-9]+)?$/),
  trigger: z.enum(TRAINING_TRIGGERS),
  /** Who asked, and why. */
  by: text,
  why: text,
  start: z.enum(['champion', 'scratch']),
  evenIfFew: z.boolean(),
  /** `declined`: there were too few outcomes to train and judge by. */
  state: z.enum(['running', 'finished', 'failed', 'cancelled', 'declined']),
  /** The step that runs, or at which it ended. */
  step: z.enum(TRAINING_STEPS),
  /** Stays with a known outcome in the training set when it started. */
  knownOutcomes: count,
  startedAtMs: ms,
  endedAtMs: ms.optional(),
  /** Processes that died and were taken up again. */
  restarts: count,
  /** What it works on; known after the first step. */
  plan: z
    .strictObject({
      releaseId: z.string(),
      championId: z.string(),
      /** Folder of the champion's bundle on this machine. */
      championDirectory: z.string(),
      /** Digest of the training set as it was frozen. */
      setDigest: z.string(),
      stays: heldOutPlanSchema,
    })
    .optional(),
  progress: trainingProgressSchema.optional(),
  decision: z
    .strictObject({ policy: z.string(), decision: z.enum(GATE_DECISIONS), reasons: z.array(z.string()) })
    .optional(),
  /** Where the candidate stands as far as the trainer has brought it; `kept` lies in the training's folder only. */
  release: z
    .strictObject({
      state: z.enum(['kept', 'candidate', 'shadow', 'champion', 'left']),
      /** When a shadow is due to be promoted. */
      promoteAtMs: ms.optional(),
      note: text.optional(),
    })
    .optional(),
  /** Why it failed, was declined or cancelled. */
  problem: text.optional(),
});

/** A training as the journal keeps it. */
export type Training = z.infer<typeof trainingSchema>;
