import type { Rule } from '../policy/alert-policy.js';
import type { AlertResolution } from './alert-record.js';
import { changeAlert, resolve } from './change-alert.js';
import type { DecisionDraft } from './decision-draft.js';
import type { Place } from './stay-alerts.js';

/** The stay is at a place now; alerts of rules that do not hold there are over. */
export function applyPlace(draft: DecisionDraft, place: Place, atMs: number): void {
  const { heardAtMs } = draft.stay;
  draft.set({ place, heardAtMs: heardAtMs ?? atMs });
  endForeignAlerts(draft, atMs);
}

/** Ends every open alert; the stay takes no more scores. */
export function applyEnd(draft: DecisionDraft, resolution: AlertResolution, atMs: number): void {
  for (const rule of draft.rules) if (draft.of(rule.name).alert) resolve(draft, rule, resolution, atMs);
  draft.set({ endedAtMs: atMs });
}

/** The stay goes on: as new, but for what is known of the place and of commands. */
export function applyReopening(draft: DecisionDraft, atMs: number): void {
  const rules = Object.entries(draft.stay.rules).map(([name, { lastOpenedAtMs, lastResolvedId }]) => [
    name,
    { ...(lastOpenedAtMs === undefined ? {} : { lastOpenedAtMs }), ...(lastResolvedId ? { lastResolvedId } : {}) },
  ]);
  draft.set({
    ...{ endedAtMs: undefined, waitingSinceMs: undefined, modelAwaySinceMs: undefined, skew: undefined },
    heardAtMs: atMs,
    rules: Object.fromEntries(rules) as DecisionDraft['stay']['rules'],
  });
}

/** Ends alerts whose rule does not exist where the stay is now, under the policy in force now. */
export function endForeignAlerts(draft: DecisionDraft, atMs: number): void {
  if (!draft.stay.place) return;
  const known = new Map(draft.rules.map((rule) => [rule.name, rule]));
  for (const [name, { alert }] of Object.entries(draft.stay.rules)) {
    if (!alert || known.get(name)?.kind === alert.kind) continue;
    changeAlert(draft, { name } satisfies Pick<Rule, 'name'>, { state: 'resolved', resolution: 'superseded' }, atMs);
    draft.setRule(name, { alert: undefined, unansweredSinceMs: undefined, lastResolvedId: alert.alertId });
  }
}
