import { MINUTE_MS } from '#clinical';
import type { TechnicalCondition, TechnicalRule } from '../policy/alert-policy.js';
import { resolve } from './change-alert.js';
import type { DecisionDraft } from './decision-draft.js';
import type { StayAlerts } from './stay-alerts.js';

/** A value further ahead of its log timestamp than this is not taken in by the scorer, so it is not heard either. */
const FUTURE_MS = 5 * MINUTE_MS;
/** A value further ahead than this shows a clock that goes wrong. */
const SKEW_MS = 2 * MINUTE_MS;
/** Without such a value for so long, while others come, the clock is right again. */
const SKEW_CLEARS_MS = 5 * MINUTE_MS;
/** Values within this time of the newest score are not yet due for the next one. */
const SCORE_SLACK_MS = 15 * MINUTE_MS;

/** Takes note of a value that was put on the log. */
export function applyHeard(draft: DecisionDraft, effectiveAtMs: number, atMs: number): void {
  const { heardAtMs = -Infinity, waitingSinceMs, score, skew } = draft.stay;
  const aheadMs = effectiveAtMs - atMs;
  const isUsable = aheadMs <= FUTURE_MS;
  const isWaiting = isUsable && effectiveAtMs > (score?.dueAtMs ?? -Infinity) + SCORE_SLACK_MS;
  draft.set({
    ...(isUsable ? { heardAtMs: Math.max(heardAtMs, Math.min(effectiveAtMs, atMs)) } : {}),
    ...(isWaiting ? { waitingSinceMs: waitingSinceMs ?? atMs } : {}),
  });
  if (aheadMs > SKEW_MS) draft.set({ skew: { firstMs: skew?.firstMs ?? atMs, lastMs: atMs } });
  else if (skew && atMs - skew.lastMs >= SKEW_CLEARS_MS) draft.set({ skew: undefined });
}

/** Since when a condition has held; undefined when it does not. */
export function heldSince(condition: TechnicalCondition, stay: StayAlerts): number | undefined {
  switch (condition) {
    case 'stale':
    case 'feed-silent':
      return stay.heardAtMs;
    case 'score-overdue':
      return stay.waitingSinceMs;
    case 'model-unavailable':
      return stay.modelAwaySinceMs;
    case 'clock-skew':
      return stay.skew?.firstMs;
  }
}

/** When an alarm of the rule is due, or was; undefined while its condition does not hold. */
export function alarmDueMs(rule: TechnicalRule, stay: StayAlerts): number | undefined {
  const sinceMs = heldSince(rule.condition, stay);
  return sinceMs === undefined ? undefined : sinceMs + rule.afterMinutes * MINUTE_MS;
}

/** Ends the technical alarms whose condition has cleared by what was just taken in. */
export function clearTechnical(draft: DecisionDraft, atMs: number): void {
  for (const rule of draft.rules) {
    if (rule.kind !== 'technical') continue;
    const dueMs = alarmDueMs(rule, draft.stay);
    if (dueMs !== undefined && dueMs <= draft.stay.clockMs) continue;
    const { alert, waived } = draft.of(rule.name);
    if (waived) draft.setRule(rule.name, { waived: undefined });
    if (alert) resolve(draft, rule, 'recovered', atMs);
  }
}
