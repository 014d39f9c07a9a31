import type { AlertPolicy } from './alert-policy.js';
import { checkAssignments } from './check-assignments.js';
import { checkRules } from './check-rules.js';
import { PolicyError } from './policy-error.js';
import { policySchema } from './policy-schema.js';

/**
 * Checks a policy as read from its file: its form, thresholds that contradict or hide each other, rules that can never speak, places
 * that do not exist.
 *
 * @throws PolicyError naming every problem
 */
export function parsePolicy(json: unknown): AlertPolicy {
  const result = policySchema.safeParse(json);
  if (!result.success) {
    throw new PolicyError(result.error.issues.map(({ path, message }) => `${path.join('.') || 'policy'}: ${message}`));
  }
  const policy = result.data;
  const problems = [
    ...Object.entries(policy.ruleSets).flatMap(([name, rules]) => checkRules(name, rules)),
    ...checkAssignments(policy),
  ];
  if (problems.length > 0) throw new PolicyError(problems);
  return policy;
}
