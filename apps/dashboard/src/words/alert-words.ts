import type { Alert } from '#wire';
import { dayAndTime } from './age-words.js';
import { riskInterval, riskPercent } from './risk-words.js';

const STATE_WORDS: Readonly<Record<Alert['state'], string>> = {
  pending: 'pending',
  firing: 'firing',
  acknowledged: 'acknowledged',
  snoozed: 'snoozed',
  resolved: 'resolved',
};

const RESOLUTION_WORDS: Readonly<Record<NonNullable<Alert['resolution']>, string>> = {
  recovered: 'measured values recovered',
  'stay-ended': 'the stay ended',
  'by-person': 'by hand',
  superseded: 'its rule no longer applies',
};

/** Where an alert stands: `firing, escalated 2 times`, `snoozed until 5 Jan 14:05`, `resolved: by hand`. */
export function alertStateWords(alert: Alert): string {
  const { state, escalationLevel, snoozedUntilMs, resolution } = alert;
  const words = STATE_WORDS[state];
  if (state === 'firing' && escalationLevel > 0) {
    return `${words}, escalated ${escalationLevel === 1 ? 'once' : `${escalationLevel} times`}`;
  }
  if (state === 'snoozed' && snoozedUntilMs !== undefined) return `${words} until ${dayAndTime(snoozedUntilMs)}`;
  if (state === 'resolved' && resolution !== undefined) return `${words}: ${RESOLUTION_WORDS[resolution]}`;
  return words;
}

/** Who acted last, when, and what they said; without the time where the alert has changed by itself since. Undefined while nobody has acted. */
export function alertActorWords({ state, resolution, by, why, changedAtMs }: Alert): string | undefined {
  if (by === undefined) return undefined;
  const reason = why === undefined ? '' : `: “${why}”`;
  const isBefore = state === 'firing' || (state === 'resolved' && resolution !== 'by-person');
  return isBefore ? `Before: ${by}${reason}` : `${by}, ${dayAndTime(changedAtMs)}${reason}`;
}

/** How urgent an alert is: `Critical`, `Warning`. */
export function severityWord({ severity }: Pick<Alert, 'severity'>): string {
  return severity === 'critical' ? 'Critical' : 'Warning';
}

/** The risk of an alert with its interval, and NEWS2: `Risk 41 % (30–52 %), NEWS2 7`; undefined where it has neither. */
export function alertScoreWords({ risk, news2 }: Alert): string | undefined {
  const parts = [
    ...(risk ? [`Risk ${riskPercent(risk.median)} (${riskInterval(risk.low, risk.high)})`] : []),
    ...(news2 === undefined ? [] : [`NEWS2 ${news2}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** What a screen reader says when an alert begins to fire. */
export function announcementWords(alert: Alert): string {
  const escalated = alert.escalationLevel > 0 ? 'Nobody has acknowledged: ' : '';
  return `${escalated}${severityWord(alert)} ${alert.kind} alert, bed ${alert.bed}, ${alert.ward}. ${alert.summary}`;
}
