import { DAY_MS } from '#clinical';
import { driftStandingSchema, signalDriftSchema, trainingStandingSchema, type TrainingStanding } from '#wire';
import { z } from 'zod';
import { appText } from './app-text.js';

const { progress, decision, release, ...fields } = trainingStandingSchema.shape;

const trainingSchema = z
  .object({
    ...fields,
    ...{ by: appText, why: appText, problem: appText.optional() },
    plan: z.object({ releaseId: z.string(), championId: z.string() }).optional(),
    progress: progress.unwrap().strip().optional(),
    decision: decision
      .unwrap()
      .extend({ reasons: z.array(appText).transform((reasons) => reasons.slice(0, 200)) })
      .strip()
      .optional(),
    release: release.unwrap().extend({ note: appText.optional() }).strip().optional(),
  })
  .transform(({ plan, ...training }): TrainingStanding => {
    return plan === undefined ? training : { ...training, candidateId: plan.releaseId, championId: plan.championId };
  });

/** What the gateway takes of `GET /trainings` of the trainer; newest first. */
export const trainingsAnswerSchema = z.object({
  nextAtMs: z.int().optional(),
  trainings: z.array(trainingSchema).transform((trainings) => trainings.slice(0, 50)),
});

const { assessment, ...watched } = driftStandingSchema.shape;
const assessed = assessment.unwrap().omit({ dayMs: true }).shape;

/** What the gateway takes of `GET /drift` of the trainer, which counts days from 1970. */
export const driftAnswerSchema = z.object({
  ...watched,
  assessment: z
    .object({
      ...assessed,
      day: z.int(),
      signals: z.array(signalDriftSchema.strip()).max(500),
      risk: assessed.risk.strip(),
      outcomes: assessed.outcomes.strip(),
    })
    .transform(({ day, ...rest }) => ({ dayMs: day * DAY_MS, ...rest }))
    .optional(),
});
