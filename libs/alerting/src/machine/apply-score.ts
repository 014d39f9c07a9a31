import { MINUTE_MS } from '#clinical';
import type { PatientRule } from '../policy/alert-policy.js';
import type { DecisionOutcome, ScoreFacts } from './alert-input.js';
import { fire, openAlert, resolve } from './change-alert.js';
import type { DecisionDraft } from './decision-draft.js';
import { judgeScore } from './judge-score.js';
import { levelOf } from './level-of.js';

/** Differences of risks such as 0.5 - 0.35 are not exact. */
const ROUNDING = 1e-9;

/** Takes a score in, unless it was taken before or is older than the newest. */
export function applyScore(draft: DecisionDraft, score: ScoreFacts, atMs: number): DecisionOutcome {
  const { stay } = draft;
  const newestMs = stay.score?.dueAtMs ?? -Infinity;
  if (score.dueAtMs < newestMs) return 'older';
  const ids = score.dueAtMs === newestMs ? stay.idsAtDue : [];
  if (ids.includes(score.id)) return 'repeated';
  const isAway = score.refusedBecause === 'model-unavailable';
  draft.set({
    score,
    idsAtDue: [...ids, score.id],
    place: stay.place ?? { site: score.site, ward: score.ward, bed: score.bed },
    heardAtMs: Math.max(stay.heardAtMs ?? -Infinity, Math.min(score.dueAtMs, atMs)),
    waitingSinceMs: undefined,
    modelAwaySinceMs: isAway ? (stay.modelAwaySinceMs ?? atMs) : undefined,
  });
  for (const rule of draft.rules) if (rule.kind === 'patient') applyToRule(draft, rule, score, atMs);
  return 'applied';
}

function applyToRule(draft: DecisionDraft, rule: PatientRule, score: ScoreFacts, atMs: number): void {
  const before = draft.of(rule.name);
  const judgement = judgeScore(rule, score, before.held, draft.policy.maxCompletenessLoss);
  const { over, broken, under, notUnder } = judgement;
  draft.setRule(rule.name, {
    ...(over
      ? { overSinceMs: before.overSinceMs ?? score.dueAtMs, held: heldIn(score) }
      : broken
        ? { overSinceMs: undefined }
        : {}),
    ...(under ? { underSinceMs: before.underSinceMs ?? score.dueAtMs } : notUnder ? { underSinceMs: undefined } : {}),
  });
  if (!before.alert) mayOpen(draft, rule, over, score, atMs);
  else if (before.alert.state === 'pending') decidePending(draft, rule, over, broken, score, atMs);
  else decideFired(draft, rule, under, score, atMs);
}

function heldIn({ news2, completeness }: ScoreFacts): { missing: readonly string[]; completeness?: number } {
  return { missing: news2?.missing ?? [], ...(completeness === undefined ? {} : { completeness }) };
}

function mayOpen(draft: DecisionDraft, rule: PatientRule, over: boolean, score: ScoreFacts, atMs: number): void {
  if (!over || draft.isInhibited(rule)) return;
  const { quietUntilMs = -Infinity } = draft.of(rule.name);
  if (atMs < quietUntilMs && !isWorse(draft, rule, score)) return;
  openAlert(draft, rule, hasPersisted(draft, rule, score) ? 'firing' : 'pending', score.dueAtMs, atMs);
}

function decidePending(
  draft: DecisionDraft,
  rule: PatientRule,
  over: boolean,
  broken: boolean,
  score: ScoreFacts,
  atMs: number,
): void {
  if (broken) resolve(draft, rule, 'recovered', atMs);
  else if (over && draft.isInhibited(rule)) resolve(draft, rule, 'superseded', atMs);
  else if (over && hasPersisted(draft, rule, score)) fire(draft, rule, atMs);
}

function decideFired(draft: DecisionDraft, rule: PatientRule, under: boolean, score: ScoreFacts, atMs: number): void {
  const { underSinceMs = Infinity } = draft.of(rule.name);
  const hasRecovered = under && score.dueAtMs - underSinceMs >= rule.recoverForMinutes * MINUTE_MS;
  if (hasRecovered) resolve(draft, rule, 'recovered', atMs);
  else if (isWorse(draft, rule, score)) fire(draft, rule, atMs);
}

function hasPersisted(draft: DecisionDraft, rule: PatientRule, score: ScoreFacts): boolean {
  const { overSinceMs } = draft.of(rule.name);
  return overSinceMs !== undefined && score.dueAtMs - overSinceMs >= rule.forMinutes * MINUTE_MS;
}

/** Whether the first condition's number has risen by `worsenBy` above that at which the rule last fired. */
function isWorse(draft: DecisionDraft, rule: PatientRule, score: ScoreFacts): boolean {
  const { level } = draft.of(rule.name);
  const now = levelOf(rule, score);
  if (rule.worsenBy === undefined || level === undefined || now === undefined) return false;
  return now >= level + rule.worsenBy - ROUNDING;
}
