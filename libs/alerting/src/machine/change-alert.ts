import { MINUTE_MS } from '#clinical';
import type { Rule } from '../policy/alert-policy.js';
import { alertIdOf } from './alert-id.js';
import type { AlertRecord, AlertResolution } from './alert-record.js';
import type { DecisionDraft } from './decision-draft.js';
import { levelOf } from './level-of.js';
import { summaryOf } from './summary-of.js';
import { withoutAbsent } from './without-absent.js';

/** Opens an alert of a rule that has none: `pending`, or `firing` when it has held for long enough. */
export function openAlert(
  draft: DecisionDraft,
  rule: Rule,
  state: 'pending' | 'firing',
  openedAtMs: number,
  atMs: number,
): void {
  const { stay } = draft;
  const opened = Math.max(openedAtMs, (draft.of(rule.name).lastOpenedAtMs ?? -Infinity) + 1);
  const alert: AlertRecord = {
    alertId: alertIdOf(stay.stayId, rule.name, opened),
    stayId: stay.stayId,
    ...draft.place,
    rule: rule.name,
    policyVersion: draft.policy.version,
    ...{ kind: rule.kind, severity: rule.severity, state, sequence: 0 },
    ...{ openedAtMs: opened, changedAtMs: atMs, escalationLevel: 0, summary: '' },
  };
  draft.setRule(rule.name, { alert, lastOpenedAtMs: opened });
  if (state === 'firing') fire(draft, rule, atMs);
  else changeAlert(draft, rule, {}, atMs);
}

/**
 * Makes an alert fire: for the first time, after a snooze, or because it has got worse. Those whom it inhibits are over. One that fires
 * already and has got worse stands unanswered for as long as before, and keeps its level of escalation.
 */
export function fire(draft: DecisionDraft, rule: Rule, atMs: number): void {
  const { alert, level: before, unansweredSinceMs } = draft.of(rule.name);
  const firedAtMs = Math.max(atMs, alert!.changedAtMs);
  const isUnanswered = alert!.state === 'firing' && alert!.firedAtMs !== undefined;
  draft.setRule(rule.name, {
    level: levelOf(rule, draft.stay.score) ?? before,
    unansweredSinceMs: isUnanswered ? (unansweredSinceMs ?? alert!.firedAtMs) : firedAtMs,
  });
  const escalationLevel = isUnanswered ? alert!.escalationLevel : 0;
  changeAlert(draft, rule, { state: 'firing', firedAtMs, escalationLevel, snoozedUntilMs: undefined }, firedAtMs);
  for (const name of rule.inhibits ?? []) {
    const inhibited = draft.rules.find((other) => other.name === name);
    if (inhibited && draft.of(name).alert) resolve(draft, inhibited, 'superseded', atMs);
  }
}

/** Ends an alert. One that had fired is followed by its refractory time, and so are those whom it inhibited. */
export function resolve(
  draft: DecisionDraft,
  rule: Rule,
  resolution: AlertResolution,
  atMs: number,
  person: Pick<AlertRecord, 'by' | 'why'> = {},
): void {
  const alert = draft.of(rule.name).alert!;
  const changed = changeAlert(
    draft,
    rule,
    { ...person, state: 'resolved', resolution, snoozedUntilMs: undefined },
    atMs,
  );
  const over = { alert: undefined, underSinceMs: undefined, unansweredSinceMs: undefined };
  draft.setRule(rule.name, { ...over, lastResolvedId: alert.alertId });
  if (alert.firedAtMs === undefined || resolution === 'stay-ended') return;
  const inhibited = draft.rules.filter(({ name }) => rule.inhibits?.includes(name));
  for (const quiet of [rule, ...inhibited]) keepQuiet(draft, quiet, changed);
}

/** Writes a transition: the sequence rises by one and time does not go back. */
export function changeAlert(
  draft: DecisionDraft,
  rule: Pick<Rule, 'name'>,
  changes: Partial<AlertRecord>,
  atMs: number,
): AlertRecord {
  const before = draft.of(rule.name).alert!;
  const { score } = draft.stay;
  const next: AlertRecord = {
    ...before,
    ...draft.place,
    ...changes,
    ...(before.kind === 'patient' && score ? seenIn(score) : {}),
    sequence: before.sequence + 1,
    changedAtMs: Math.max(atMs, before.changedAtMs),
  };
  const alert = withoutAbsent({ ...next, summary: summaryOf(draft, next) });
  draft.setRule(rule.name, { alert });
  draft.transitions.push(alert);
  return alert;
}

/** After an alert's end: a patient rule has its refractory time; a technical one waits for better news when a person wanted it so. */
function keepQuiet(draft: DecisionDraft, rule: Rule, { changedAtMs, resolution }: AlertRecord): void {
  if (rule.kind === 'technical') {
    if (resolution === 'by-person') draft.setRule(rule.name, { waived: true });
    return;
  }
  const until = changedAtMs + rule.refractoryMinutes * MINUTE_MS;
  draft.setRule(rule.name, { quietUntilMs: Math.max(until, draft.of(rule.name).quietUntilMs ?? 0) });
}

function seenIn(score: NonNullable<DecisionDraft['stay']['score']>): Partial<AlertRecord> {
  const { risk, dueAtMs, releaseId, releaseStage, news2 } = score;
  return {
    ...(risk ? { risk: { ...risk, dueAtMs, releaseId, releaseStage } } : {}),
    ...(news2 ? { news2: news2.total } : {}),
  };
}
