import type { Clause, Rule } from '../policy/alert-policy.js';
import type { ScoreFacts } from './alert-input.js';

/** The number of a condition in a score; undefined where the score does not have it. */
export function valueOf({ measure, bound = 'median' }: Clause, score: ScoreFacts | undefined): number | undefined {
  return measure === 'risk' ? score?.risk?.[bound] : score?.news2?.total;
}

/** The number of a rule's first condition, by which worsening is measured; undefined for technical rules. */
export function levelOf(rule: Rule, score: ScoreFacts | undefined): number | undefined {
  return rule.kind === 'patient' ? valueOf(rule.when[0]!, score) : undefined;
}
