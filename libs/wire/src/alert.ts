import { z } from 'zod';
import { riskSchema, riskScoreSchema } from './risk-score.js';

/** Type attribute of {@link alertSchema} events. Their id is `alertId|sequence`. */
export const ALERT = 'vigil.alert.v1';

/** What an alert is about: a patient, or the means by which the patient is watched. */
export const ALERT_KINDS = ['patient', 'technical'] as const;

/** How urgent an alert is. */
export const ALERT_SEVERITIES = ['warning', 'critical'] as const;

/**
 * Where an alert stands:
 *
 * - `pending`: over its threshold, not yet for long enough; nobody is told;
 * - `firing`: somebody is to act;
 * - `acknowledged`: somebody has said that they act;
 * - `snoozed`: somebody has asked for quiet until `snoozedUntilMs`, after which it fires again if it still holds;
 * - `resolved`: it is over, and never comes back; what follows is another alert.
 */
export const ALERT_STATES = ['pending', 'firing', 'acknowledged', 'snoozed', 'resolved'] as const;

/**
 * Why an alert is over:
 *
 * - `recovered`: measured values say so (for a technical alarm: data or the model are back); never the absence of data;
 * - `stay-ended`: the stay ended, or its admission was cancelled;
 * - `by-person`: somebody resolved it;
 * - `superseded`: the rule no longer applies (another ward, another policy), or the stay was merged into another.
 */
export const ALERT_RESOLUTIONS = ['recovered', 'stay-ended', 'by-person', 'superseded'] as const;

const identifier = z.string().min(1).max(64);

/** An alert's whole state after a transition. A later one, by `sequence`, replaces an earlier one. */
export const alertSchema = z.strictObject({
  /** Digest of stay, rule and opening: stable over restarts and replays of the same log. */
  alertId: z.string().regex(/^[0-9a-f]{32}$/, 'expected 32 hexadecimal digits'),
  stayId: identifier,
  site: identifier,
  ward: identifier,
  bed: identifier,
  /** Name of the rule in the policy, such as `risk-high`. */
  rule: identifier,
  /** Version of the policy under which it opened. */
  policyVersion: z.string().min(1).max(64),
  kind: z.enum(ALERT_KINDS),
  severity: z.enum(ALERT_SEVERITIES),
  state: z.enum(ALERT_STATES),
  /** 1 for the first state; rises by one with each transition of the alert. */
  sequence: z.int().min(1),
  openedAtMs: z.int(),
  /** Time of this transition. */
  changedAtMs: z.int(),
  /** When it last began to fire: at first, after a snooze, or on worsening. Absent while it never has. */
  firedAtMs: z.int().optional(),
  /** Present while snoozed. */
  snoozedUntilMs: z.int().optional(),
  /** How many times it was passed on because nobody answered, since it began to fire or last was acknowledged or snoozed; worsening keeps it. */
  escalationLevel: z.int().min(0).max(16),
  /** Who acknowledged, snoozed or resolved it last. */
  by: z.string().min(1).max(128).optional(),
  /** What they said. */
  why: z.string().min(1).max(512).optional(),
  /** Present when resolved. */
  resolution: z.enum(ALERT_RESOLUTIONS).optional(),
  /** The newest score that had a risk, as the alert saw it; patient alerts only. */
  risk: z
    .strictObject({
      ...riskSchema.shape,
      dueAtMs: z.int(),
      releaseId: z.string(),
      releaseStage: riskScoreSchema.shape.releaseStage,
    })
    .optional(),
  /** NEWS2 of the newest score that the alert saw; a lower bound while parts are missing. */
  news2: z.int().min(0).max(20).optional(),
  /** One sentence for a person; names no stay, no bed and no person. */
  summary: z.string().min(1).max(300),
});

export type Alert = z.infer<typeof alertSchema>;
