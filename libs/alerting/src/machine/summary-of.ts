import type { Clause, PatientRule, TechnicalRule } from '../policy/alert-policy.js';
import type { AlertRecord } from './alert-record.js';
import type { DecisionDraft } from './decision-draft.js';
import { valueOf } from './level-of.js';

const TECHNICAL_WORDS = {
  stale: (minutes: number) => `No new value for ${minutes} minutes`,
  'feed-silent': (minutes: number) => `The feed has been silent for ${minutes} minutes`,
  'score-overdue': (minutes: number) => `New values have waited ${minutes} minutes for a score`,
  'model-unavailable': (minutes: number) => `No model has been available for ${minutes} minutes`,
  'clock-skew': (minutes: number) => `Values have carried times ahead of the clock for ${minutes} minutes`,
} as const;

const ENDINGS = {
  recovered: 'it is over',
  'stay-ended': 'the stay ended',
  'by-person': 'resolved by a person',
  superseded: 'another rule or stay has taken its place',
} as const;

/** Most characters of a summary: receivers bound it. */
const LONGEST = 300;

/** What an alert says, in one sentence that names no stay, no bed and no person; at most 300 characters, cut off with a mark. */
export function summaryOf(draft: DecisionDraft, alert: AlertRecord): string {
  const rule = draft.rules.find(({ name }) => name === alert.rule);
  const what =
    rule === undefined ? `Rule ${alert.rule}` : rule.kind === 'patient' ? ofPatient(draft, rule) : ofMeans(rule);
  const summary = alert.resolution ? `${what}: ${ENDINGS[alert.resolution]}.` : `${what}.`;
  return summary.length <= LONGEST ? summary : `${summary.slice(0, LONGEST - 1)}…`;
}

function ofPatient({ stay }: DecisionDraft, rule: PatientRule): string {
  const parts = rule.when.map((clause) => `${wordsOf(clause, valueOf(clause, stay.score))} (threshold ${clause.rise})`);
  return parts.join(' and ').replace(/^r/, 'R');
}

function wordsOf({ measure, bound = 'median' }: Clause, value: number | undefined): string {
  if (measure === 'news2') return `NEWS2 ${value ?? 'not known'}`;
  const number = value === undefined ? 'not known' : value.toFixed(2);
  const which =
    bound === 'median' ? '' : bound === 'low' ? ', lower end of the interval,' : ', upper end of the interval,';
  return `risk of in-hospital death${which} ${number}`;
}

function ofMeans({ condition, afterMinutes }: TechnicalRule): string {
  return TECHNICAL_WORDS[condition](afterMinutes);
}
