import type { AlertPolicy } from '../policy/alert-policy.js';
import { advanceTime } from './advance-time.js';
import type { AlertInput, DecisionOutcome } from './alert-input.js';
import type { AlertRecord } from './alert-record.js';
import { applyCommand } from './apply-command.js';
import { applyScore } from './apply-score.js';
import { applyEnd, applyPlace, applyReopening, endForeignAlerts } from './apply-stay-change.js';
import { DecisionDraft } from './decision-draft.js';
import type { StayAlerts } from './stay-alerts.js';
import { applyHeard, clearTechnical } from './technical-conditions.js';

/** What came of an input. */
export interface Decision {
  /** The stay after it. */
  readonly state: StayAlerts;
  /** Alerts that changed, in order; of one alert more than one where time had passed. */
  readonly transitions: readonly AlertRecord[];
  readonly outcome: DecisionOutcome;
}

/**
 * Decides what an input does to the alerts of its stay. Pure: the same policy, state and input give the same decision, to the byte; no
 * clock is read but the input's `atMs`.
 *
 * First the stay's time is moved on to `atMs` (escalations, ends of snoozes, technical alarms, dated with their own deadlines), then the
 * input itself is applied. Time does not go back: an input older than the stay's clock moves nothing on.
 */
export function decideAlerts(policy: AlertPolicy, state: StayAlerts, input: AlertInput): Decision {
  const draft = new DecisionDraft(policy, state);
  endForeignAlerts(draft, input.atMs);
  if (input.kind !== 'reopened' || state.endedAtMs === undefined) advanceTime(draft, input.atMs);
  const outcome = apply(draft, input);
  return { state: draft.stay, transitions: draft.transitions, outcome };
}

function apply(draft: DecisionDraft, input: AlertInput): DecisionOutcome {
  if (input.kind === 'tick') return 'applied';
  if (input.kind === 'reopened') return reopen(draft, input.atMs);
  if (input.kind === 'command') return applyCommand(draft, input.command, input.atMs);
  if (draft.stay.endedAtMs !== undefined) return 'stay-ended';
  switch (input.kind) {
    case 'score': {
      const outcome = applyScore(draft, input.score, input.atMs);
      clearTechnical(draft, input.atMs);
      return outcome;
    }
    case 'heard':
      if (!draft.stay.place) return 'stay-unknown';
      applyHeard(draft, input.effectiveAtMs, input.atMs);
      clearTechnical(draft, input.atMs);
      return 'applied';
    case 'placed':
      applyPlace(draft, { site: input.site, ward: input.ward, bed: input.bed }, input.atMs);
      return 'applied';
    case 'ended':
      applyEnd(draft, 'stay-ended', input.atMs);
      return 'applied';
    case 'merged':
      applyEnd(draft, 'superseded', input.atMs);
      return 'applied';
  }
}

function reopen(draft: DecisionDraft, atMs: number): DecisionOutcome {
  if (draft.stay.endedAtMs === undefined) return 'repeated';
  applyReopening(draft, atMs);
  draft.set({ clockMs: Math.max(draft.stay.clockMs, atMs) });
  return 'applied';
}
