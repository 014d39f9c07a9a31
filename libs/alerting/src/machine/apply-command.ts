import { MINUTE_MS } from '#clinical';
import type { Rule } from '../policy/alert-policy.js';
import type { AlertOrder, DecisionOutcome } from './alert-input.js';
import type { AlertRecord } from './alert-record.js';
import { changeAlert, resolve } from './change-alert.js';
import type { DecisionDraft } from './decision-draft.js';

/** Ids of commands that are remembered of a stay. */
const REMEMBERED_COMMANDS = 32;

/** Carries out what a person asks. Idempotent: by the command's id, and because an alert that is as asked stays as it is. */
export function applyCommand(draft: DecisionDraft, order: AlertOrder, atMs: number): DecisionOutcome {
  const { commandIds } = draft.stay;
  if (commandIds.includes(order.commandId)) return 'repeated';
  draft.set({ commandIds: [...commandIds, order.commandId].slice(-REMEMBERED_COMMANDS) });
  const rule = draft.rules.find(({ name }) => draft.of(name).alert?.alertId === order.alertId);
  if (!rule) return isResolved(draft, order.alertId) ? 'already-resolved' : 'alert-unknown';
  const alert = draft.of(rule.name).alert!;
  switch (order.action) {
    case 'acknowledge':
      return acknowledge(draft, rule, alert, order, atMs);
    case 'snooze':
      return snooze(draft, rule, alert, order, atMs);
    case 'resolve':
      resolve(draft, rule, 'by-person', atMs, personOf(order));
      return 'applied';
  }
}

function acknowledge(
  draft: DecisionDraft,
  rule: Rule,
  alert: AlertRecord,
  order: AlertOrder,
  atMs: number,
): DecisionOutcome {
  if (alert.state === 'pending') return 'not-firing';
  if (alert.state === 'acknowledged') return 'already-so';
  changeAlert(draft, rule, { ...personOf(order), state: 'acknowledged', snoozedUntilMs: undefined }, atMs);
  return 'applied';
}

function snooze(
  draft: DecisionDraft,
  rule: Rule,
  alert: AlertRecord,
  order: AlertOrder,
  atMs: number,
): DecisionOutcome {
  if (alert.state === 'pending') return 'not-firing';
  const nowMs = Math.max(atMs, draft.stay.clockMs);
  const snoozedUntilMs = Math.min(order.untilMs ?? nowMs, nowMs + rule.maxSnoozeMinutes * MINUTE_MS);
  if (snoozedUntilMs <= nowMs) return 'snooze-over';
  if (alert.state === 'snoozed' && alert.snoozedUntilMs === snoozedUntilMs) return 'already-so';
  changeAlert(draft, rule, { ...personOf(order), state: 'snoozed', snoozedUntilMs }, atMs);
  return 'applied';
}

/** Who and why of this command; what an earlier person said does not stand under another's name. */
function personOf({ by, why }: AlertOrder): Pick<AlertRecord, 'by' | 'why'> {
  return { by, why };
}

function isResolved({ stay }: DecisionDraft, alertId: string): boolean {
  return Object.values(stay.rules).some(({ lastResolvedId }) => lastResolvedId === alertId);
}
