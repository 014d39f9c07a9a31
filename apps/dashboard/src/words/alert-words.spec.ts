import { describe, expect, it } from '@jest/globals';
import { madeAlert } from '../../../../test/support/delivery/made-alert.js';
import { alertActorWords, alertScoreWords, alertStateWords, announcementWords } from './alert-words.js';

const AT_MS = new Date(2026, 0, 5, 14, 5).getTime();

describe('an alert in words', () => {
  it('says where it stands', () => {
    expect(alertStateWords(madeAlert())).toBe('firing');
    expect(alertStateWords(madeAlert({ escalationLevel: 1 }))).toBe('firing, escalated once');
    expect(alertStateWords(madeAlert({ escalationLevel: 2 }))).toBe('firing, escalated 2 times');
    expect(alertStateWords(madeAlert({ state: 'snoozed', snoozedUntilMs: AT_MS }))).toBe('snoozed until 5 Jan 14:05');
    expect(alertStateWords(madeAlert({ state: 'resolved', resolution: 'by-person' }))).toBe('resolved: by hand');
  });

  it('says the risk with its interval, and NEWS2', () => {
    expect(alertScoreWords(madeAlert())).toBe('Risk 41 % (30–52 %), NEWS2 7');
    const sure = { ...madeAlert().risk!, median: 0.997, low: 0.003, high: 1 };
    expect(alertScoreWords(madeAlert({ risk: sure, news2: undefined }))).toBe('Risk >99 % (0.3–>99 %)');
    expect(alertScoreWords(madeAlert({ risk: undefined }))).toBe('NEWS2 7');
    expect(alertScoreWords(madeAlert({ risk: undefined, news2: undefined }))).toBeUndefined();
  });

  it('says who acted and when', () => {
    expect(alertActorWords(madeAlert())).toBeUndefined();
    const seen = madeAlert({ state: 'acknowledged', by: 'Dr A', changedAtMs: AT_MS });
    expect(alertActorWords(seen)).toBe('Dr A, 5 Jan 14:05');
    expect(alertActorWords({ ...seen, why: 'on my way' })).toBe('Dr A, 5 Jan 14:05: “on my way”');
    expect(alertActorWords(madeAlert({ by: 'Dr A' }))).toBe('Before: Dr A');
    const over = madeAlert({ state: 'resolved', by: 'Dr A', changedAtMs: AT_MS });
    expect(alertActorWords({ ...over, resolution: 'by-person' })).toBe('Dr A, 5 Jan 14:05');
    expect(alertActorWords({ ...over, resolution: 'recovered' })).toBe('Before: Dr A');
  });

  it('is read aloud with bed and ward', () => {
    expect(announcementWords(madeAlert())).toBe(
      'Critical patient alert, bed b-7, icu. Risk of death in hospital is over 30 % for 10 minutes.',
    );
    expect(announcementWords(madeAlert({ escalationLevel: 1 }))).toMatch(/^Nobody has acknowledged: Critical/);
  });
});
