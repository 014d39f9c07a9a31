import { z } from 'zod';
import { TECHNICAL_CONDITIONS, type AlertPolicy } from './alert-policy.js';

const name = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a name of lower-case letters, digits and hyphens')
  .max(64);
const place = z.string().min(1).max(64);
/** Times of alerts are whole milliseconds on the wire; nobody needs less than a second. */
const wholeSeconds = (minutes: number): boolean => Math.abs(minutes * 60 - Math.round(minutes * 60)) < 1e-6;
const WHOLE_SECONDS = 'expected a whole number of seconds';
const minutes = z.number().min(0).max(43_200).refine(wholeSeconds, WHOLE_SECONDS);

const clauseSchema = z.strictObject({
  measure: z.enum(['risk', 'news2']),
  bound: z.enum(['low', 'median', 'high']).optional(),
  rise: z.number(),
  fall: z.number(),
});

const ruleBase = {
  name,
  severity: z.enum(['warning', 'critical']),
  escalateAfterMinutes: z.array(minutes).max(16).optional(),
  maxSnoozeMinutes: z.number().min(1).max(1_440).refine(wholeSeconds, WHOLE_SECONDS),
  inhibits: z.array(name).optional(),
};

const patientRuleSchema = z.strictObject({
  kind: z.literal('patient'),
  ...ruleBase,
  when: z.array(clauseSchema).min(1).max(4),
  forMinutes: minutes,
  recoverForMinutes: minutes,
  refractoryMinutes: minutes,
  worsenBy: z.number().positive().optional(),
});

const technicalRuleSchema = z.strictObject({
  kind: z.literal('technical'),
  ...ruleBase,
  condition: z.enum(TECHNICAL_CONDITIONS),
  afterMinutes: minutes,
});

/** The form of a policy file. What its numbers mean together is checked after it. */
export const policySchema: z.ZodType<AlertPolicy> = z.strictObject({
  schemaVersion: z.literal(1),
  version: z.string().min(1).max(64),
  description: z.string().min(1),
  sites: z.record(place, z.array(place)).optional(),
  maxCompletenessLoss: z.number().min(0).max(1),
  ruleSets: z.record(name, z.array(z.discriminatedUnion('kind', [patientRuleSchema, technicalRuleSchema])).min(1)),
  assignments: z.array(z.strictObject({ site: place, ward: place, ruleSet: name })).min(1),
});
