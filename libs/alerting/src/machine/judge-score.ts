import type { Clause, PatientRule } from '../policy/alert-policy.js';
import type { ScoreFacts } from './alert-input.js';
import { valueOf } from './level-of.js';
import type { RuleState } from './stay-alerts.js';

/** What a score says about a rule. `unknown` is neither good nor bad news and changes nothing. */
export interface Judgement {
  /** All conditions hold. */
  readonly over: boolean;
  /** A condition is known not to hold. */
  readonly broken: boolean;
  /** A condition is known to be under its fall. */
  readonly under: boolean;
  /** No condition is under its fall, and that is known of all. */
  readonly notUnder: boolean;
}

/**
 * Judges a score by a rule's conditions.
 *
 * A number that is lower only because values went missing (parts of NEWS2, more of the completeness than the policy allows) counts as
 * unknown where being low would be good news.
 *
 * @param held what the newest score over the threshold was measured on
 */
export function judgeScore(
  rule: PatientRule,
  score: ScoreFacts,
  held: RuleState['held'],
  maxCompletenessLoss: number,
): Judgement {
  const verdicts = rule.when.map((clause) => {
    const value = valueOf(clause, score);
    if (value === undefined) return 'unknown';
    if (value >= clause.rise) return 'over';
    if (isPoorer(clause, score, held, maxCompletenessLoss)) return 'unknown';
    return value < clause.fall ? 'under' : 'between';
  });
  return {
    over: verdicts.every((verdict) => verdict === 'over'),
    broken: verdicts.some((verdict) => verdict === 'under' || verdict === 'between'),
    under: verdicts.includes('under'),
    notUnder: verdicts.every((verdict) => verdict === 'over' || verdict === 'between'),
  };
}

function isPoorer(clause: Clause, score: ScoreFacts, held: RuleState['held'], maxLoss: number): boolean {
  if (!held) return false;
  if (clause.measure === 'news2') return score.news2!.missing.some((part) => !held.missing.includes(part));
  if (held.completeness === undefined || score.completeness === undefined) return false;
  return held.completeness - score.completeness > maxLoss + ROUNDING;
}

/** Sums and differences of shares are not exact. */
const ROUNDING = 1e-9;
