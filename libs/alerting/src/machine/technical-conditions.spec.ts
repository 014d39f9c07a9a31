import { describe, expect, it } from '@jest/globals';
import { patientRule, policyOf, technicalRule } from '../../../../test/support/alerting/policies.js';
import { WatchedStay } from '../../../../test/support/alerting/watched-stay.js';

const silent = technicalRule({ inhibits: ['stale'], escalateAfterMinutes: [30] });
const stale = technicalRule({ name: 'stale', condition: 'stale', afterMinutes: 20 });

describe('a stay of which nothing is heard', () => {
  it('is stale, then silent, and its patient alert stays; a value ends the alarm', () => {
    const stay = new WatchedStay(policyOf(patientRule(), silent, stale));
    stay.score(0, 0.6);
    stay.tick(19);
    expect(stay.story).toEqual(['0 risk-high firing']);
    stay.tick(95);
    expect(stay.story.slice(1)).toEqual([
      '20 stale firing',
      '60 feed-silent firing',
      '60 stale resolved superseded',
      '90 feed-silent firing 1',
    ]);
    expect(stay.transitions.at(-1)).toMatchObject({
      kind: 'technical',
      summary: 'The feed has been silent for 60 minutes.',
    });
    stay.heard(100);
    expect(stay.story.at(-1)).toBe('100 feed-silent resolved 1 recovered');
    expect(stay.state.rules['risk-high']!.alert!.state).toBe('firing');
  });

  it('counts from its admission when there never was a value', () => {
    const stay = new WatchedStay(policyOf(silent, stale));
    stay.take({ kind: 'placed', atMs: 0, site: 's', ward: 'w', bed: 'b' });
    stay.tick(60);
    expect(stay.story).toContain('60 feed-silent firing');
  });

  it('is not heard through old results, nor through values of the future', () => {
    const stay = new WatchedStay(policyOf(silent, stale));
    stay.score(0, 0.1);
    stay.heard(15, -30);
    stay.heard(18, 30);
    stay.tick(20);
    expect(stay.story).toEqual(['20 stale firing']);
  });

  it('is left alone once a person has resolved the alarm, until it was heard again', () => {
    const stay = new WatchedStay(policyOf(silent, stale));
    stay.score(0, 0.1);
    stay.tick(60);
    stay.ask(65, 'resolve', { rule: 'feed-silent' });
    stay.tick(300);
    const before = stay.story.length;
    stay.heard(301);
    stay.tick(361);
    expect(stay.story.slice(before)).toEqual([
      '321 stale firing',
      '361 feed-silent firing',
      '361 stale resolved superseded',
    ]);
  });
});

describe('scores', () => {
  it('that are refused for want of a model raise an alarm after a while, and the first other one ends it', () => {
    const away = technicalRule({ name: 'model', condition: 'model-unavailable', afterMinutes: 10 });
    const stay = new WatchedStay(policyOf(away));
    const refused = { refusedBecause: 'model-unavailable' };
    stay.score(0, undefined, refused);
    stay.score(5, 0.2);
    stay.score(6, undefined, refused);
    stay.score(15, undefined, refused);
    stay.score(20, undefined, refused);
    stay.score(25, undefined);
    expect(stay.story).toEqual(['16 model firing', '25 model resolved recovered']);
  });

  it('that values wait for are overdue', () => {
    const overdue = technicalRule({ name: 'overdue', condition: 'score-overdue', afterMinutes: 30 });
    const stay = new WatchedStay(policyOf(overdue));
    stay.score(0, 0.2);
    stay.heard(10);
    stay.heard(16);
    stay.heard(20);
    stay.tick(50);
    stay.score(50, 0.2);
    expect(stay.story).toEqual(['46 overdue firing', '50 overdue resolved recovered']);
  });

  it('are not waited for by a value of the future, which the scorer does not take', () => {
    const stay = new WatchedStay(policyOf(technicalRule({ condition: 'score-overdue', afterMinutes: 30 })));
    stay.score(0, 0.2);
    stay.heard(1, 600);
    stay.tick(60);
    expect(stay.story).toEqual([]);
  });
});

describe('a clock ahead of its time', () => {
  it('raises an alarm when it lasts, and other values end it', () => {
    const skew = technicalRule({ name: 'skew', condition: 'clock-skew', afterMinutes: 10 });
    const stay = new WatchedStay(policyOf(skew));
    stay.score(0, 0.2);
    stay.heard(1, 4);
    stay.heard(3);
    stay.heard(8);
    stay.tick(12);
    expect(stay.story).toEqual([]);
    for (const minute of [20, 24, 28, 32]) stay.heard(minute, minute + 3);
    stay.heard(34);
    stay.heard(37);
    expect(stay.story).toEqual(['30 skew firing', '37 skew resolved recovered']);
  });
});
