import { MINUTE_MS } from '#clinical';
import type { AlertPolicy, Rule } from '../policy/alert-policy.js';
import { changeAlert, fire, openAlert } from './change-alert.js';
import { DecisionDraft } from './decision-draft.js';
import type { StayAlerts } from './stay-alerts.js';
import { alarmDueMs } from './technical-conditions.js';

/** Something that time alone brings about. */
interface Deadline {
  readonly atMs: number;
  readonly run: () => void;
}

/**
 * Moves a stay's time on: escalations, ends of snoozes and technical alarms whose time has come, in the order of their times. Each is
 * dated with its own deadline, so it does not matter how late the tick came.
 */
export function advanceTime(draft: DecisionDraft, toMs: number): void {
  if (draft.stay.endedAtMs === undefined && draft.stay.place) {
    for (let next = earliest(draft); next && next.atMs <= toMs; next = earliest(draft)) next.run();
  }
  draft.set({ clockMs: Math.max(draft.stay.clockMs, toMs) });
}

/** When time alone will next change something about a stay; undefined when it will not. The stay's rules must be those in force. */
export function nextDeadlineMs(policy: AlertPolicy, stay: StayAlerts): number | undefined {
  if (stay.endedAtMs !== undefined || !stay.place) return undefined;
  return earliest(new DecisionDraft(policy, stay))?.atMs;
}

function earliest(draft: DecisionDraft): Deadline | undefined {
  let first: Deadline | undefined;
  for (const rule of draft.rules) {
    const deadline = deadlineOf(draft, rule);
    if (deadline && (!first || deadline.atMs < first.atMs)) first = deadline;
  }
  return first;
}

function deadlineOf(draft: DecisionDraft, rule: Rule): Deadline | undefined {
  const { alert, waived, unansweredSinceMs } = draft.of(rule.name);
  if (!alert) return rule.kind === 'technical' && !waived ? alarmDeadline(draft, rule) : undefined;
  if (alert.state === 'snoozed') {
    const atMs = alert.snoozedUntilMs!;
    return { atMs, run: () => fire(draft, rule, atMs) };
  }
  const afterMinutes = rule.escalateAfterMinutes?.[alert.escalationLevel];
  if (alert.state !== 'firing' || afterMinutes === undefined) return undefined;
  const atMs = (unansweredSinceMs ?? alert.firedAtMs!) + afterMinutes * MINUTE_MS;
  const run = (): void => void changeAlert(draft, rule, { escalationLevel: alert.escalationLevel + 1 }, atMs);
  return { atMs, run };
}

function alarmDeadline(draft: DecisionDraft, rule: Extract<Rule, { kind: 'technical' }>): Deadline | undefined {
  const atMs = alarmDueMs(rule, draft.stay);
  if (atMs === undefined || draft.isInhibited(rule)) return undefined;
  return { atMs, run: () => openAlert(draft, rule, 'firing', atMs, atMs) };
}
