import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '#clinical';
import type { Rule } from '../policy/alert-policy.js';
import { patientRule, policyOf } from '../../../../test/support/alerting/policies.js';
import { scoreAt, WatchedStay } from '../../../../test/support/alerting/watched-stay.js';

const stayUnder = (...rules: Rule[]): WatchedStay => new WatchedStay(policyOf(...rules));

describe('a patient alert', () => {
  it('waits for persistence, fires, and resolves below its fall only', () => {
    const stay = stayUnder(patientRule({ forMinutes: 10, recoverForMinutes: 10 }));
    for (const [minute, risk] of [
      ...[
        [0, 0.6],
        [5, 0.6],
        [10, 0.55],
        [15, 0.35],
        [20, 0.29],
        [25, 0.4],
        [30, 0.2],
        [35, 0.2],
        [40, 0.1],
      ],
    ] as const) {
      stay.score(minute, risk);
    }
    expect(stay.story).toEqual(['0 risk-high pending', '10 risk-high firing', '40 risk-high resolved recovered']);
    expect(stay.transitions.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(new Set(stay.transitions.map(({ alertId }) => alertId)).size).toBe(1);
  });

  it('that was pending ends quietly when a score breaks it, and not when a score is refused', () => {
    const stay = stayUnder(patientRule({ forMinutes: 10 }));
    stay.score(0, 0.6);
    stay.score(5, undefined);
    stay.score(12, 0.6);
    expect(stay.story).toEqual(['0 risk-high pending', '12 risk-high firing']);
    const broken = stayUnder(patientRule({ forMinutes: 10 }));
    broken.score(0, 0.6);
    broken.score(5, 0.45);
    broken.score(12, 0.6);
    expect(broken.story).toEqual(['0 risk-high pending', '5 risk-high resolved recovered', '12 risk-high pending']);
    expect(broken.transitions[1]).not.toHaveProperty('firedAtMs');
  });

  it('escalates at its own times until somebody acknowledges it, however late the tick', () => {
    const stay = stayUnder(patientRule({ escalateAfterMinutes: [15, 30, 60] }));
    stay.score(0, 0.6);
    stay.tick(14);
    stay.tick(47);
    expect(stay.ask(50, 'acknowledge')).toBe('applied');
    stay.tick(200);
    expect(stay.story).toEqual([
      '0 risk-high firing',
      '15 risk-high firing 1',
      '30 risk-high firing 2',
      '50 risk-high acknowledged 2',
    ]);
    expect(stay.transitions.at(-1)).toMatchObject({ by: 'dr-a', firedAtMs: 0 });
  });

  it('fires again on worsening, acknowledged or snoozed', () => {
    const stay = stayUnder(patientRule({ worsenBy: 0.15 }));
    stay.score(0, 0.55);
    stay.ask(1, 'acknowledge');
    stay.score(5, 0.69);
    stay.score(10, 0.7);
    stay.ask(11, 'snooze', { untilMinute: 60 });
    stay.score(15, 0.84);
    stay.score(20, 0.85);
    expect(stay.story.slice(1)).toEqual([
      '1 risk-high acknowledged',
      '10 risk-high firing',
      '11 risk-high snoozed',
      '20 risk-high firing',
    ]);
    expect(stay.transitions.at(-1)).not.toHaveProperty('snoozedUntilMs');
  });

  it('does not wait longer for an answer because it gets worse meanwhile', () => {
    const stay = stayUnder(patientRule({ escalateAfterMinutes: [15, 30], worsenBy: 0.1 }));
    stay.score(0, 0.55);
    stay.score(10, 0.65);
    stay.tick(20);
    stay.score(25, 0.75);
    stay.tick(32);
    expect(stay.story).toEqual([
      '0 risk-high firing',
      '10 risk-high firing',
      '15 risk-high firing 1',
      '25 risk-high firing 1',
      '30 risk-high firing 2',
    ]);
    stay.ask(35, 'acknowledge');
    stay.score(40, 0.85);
    stay.tick(55);
    expect(stay.story.slice(6)).toEqual(['40 risk-high firing', '55 risk-high firing 1']);
  });

  it('says what it says in no more than 300 characters', () => {
    const bounds = ['low', 'median', 'high'] as const;
    const when = [...bounds, 'low' as const].map((bound) => {
      return { measure: 'risk', bound, rise: 0.123456789, fall: 0.1 } as const;
    });
    const stay = stayUnder(patientRule({ when }));
    stay.score(0, 0.6);
    stay.score(5, undefined);
    stay.ask(6, 'resolve');
    const lengths = stay.transitions.map(({ summary }) => summary.length);
    expect(lengths).toHaveLength(2);
    expect(Math.max(...lengths)).toBe(300);
    expect(stay.transitions[0]!.summary).toMatch(/^Risk of in-hospital death, lower end .*…$/);
  });

  it('comes back after a snooze, which the policy bounds', () => {
    const stay = stayUnder(patientRule({ maxSnoozeMinutes: 30 }));
    stay.score(0, 0.6);
    expect(stay.ask(5, 'snooze', { untilMinute: 500 })).toBe('applied');
    stay.tick(34);
    expect(stay.transitions.at(-1)).toMatchObject({ state: 'snoozed', snoozedUntilMs: 35 * MINUTE_MS });
    stay.tick(40);
    expect(stay.story.at(-1)).toBe('35 risk-high firing');
  });

  it('opens no other within the refractory time, unless it gets worse', () => {
    const stay = stayUnder(patientRule({ refractoryMinutes: 60, worsenBy: 0.2 }));
    stay.score(0, 0.6);
    stay.ask(5, 'resolve');
    stay.score(10, 0.7);
    stay.score(64, 0.7);
    expect(stay.story).toEqual(['0 risk-high firing', '5 risk-high resolved by-person']);
    stay.score(66, 0.6);
    stay.score(70, 0.1);
    stay.score(75, 0.75);
    stay.score(80, 0.8);
    expect(stay.story.slice(2)).toEqual([
      '66 risk-high firing',
      '70 risk-high resolved recovered',
      '80 risk-high firing',
    ]);
    expect(new Set(stay.transitions.map(({ alertId }) => alertId)).size).toBe(3);
  });

  it('asks for all its conditions, the lower end of the interval and NEWS2 among them', () => {
    const when = [
      { measure: 'risk', bound: 'low', rise: 0.5, fall: 0.3 },
      { measure: 'news2', rise: 5, fall: 3 },
    ] as const;
    const stay = stayUnder(patientRule({ when }));
    stay.score(0, 0.54, { news2: { total: 9, missing: [] } });
    stay.score(5, 0.56, { news2: { total: 4, missing: [] } });
    stay.score(10, 0.56);
    expect(stay.story).toEqual([]);
    stay.score(15, 0.56, { news2: { total: 5, missing: [] } });
    stay.score(20, 0.9, { news2: { total: 2, missing: [] } });
    expect(stay.story).toEqual(['15 risk-high firing', '20 risk-high resolved recovered']);
    expect(stay.transitions[0]!.summary).toBe(
      'Risk of in-hospital death, lower end of the interval, 0.51 (threshold 0.5) and NEWS2 5 (threshold 5).',
    );
  });

  it('keeps less urgent rules quiet while it is open, and for their refractory time after', () => {
    const raised = patientRule({
      ...{ name: 'risk-raised', severity: 'warning', refractoryMinutes: 30 },
      when: [{ measure: 'risk', rise: 0.3, fall: 0.2 }],
    });
    const stay = stayUnder(patientRule({ inhibits: ['risk-raised'] }), raised);
    stay.score(0, 0.4);
    stay.score(5, 0.6);
    stay.score(10, 0.4);
    stay.ask(15, 'resolve');
    stay.score(20, 0.4);
    stay.score(46, 0.4);
    expect(stay.story).toEqual([
      '0 risk-raised firing',
      '5 risk-high firing',
      '5 risk-raised resolved superseded',
      '15 risk-high resolved by-person',
      '46 risk-raised firing',
    ]);
  });
});

describe('no data is not good news', () => {
  it('a lower NEWS2 whose parts went missing resolves nothing', () => {
    const stay = stayUnder(patientRule({ when: [{ measure: 'news2', rise: 7, fall: 5 }] }));
    stay.score(0, 0.1, { news2: { total: 7, missing: ['consciousness'] } });
    stay.score(5, 0.1, { news2: { total: 2, missing: ['consciousness', 'spo2'] } });
    stay.score(10, undefined, { news2: undefined });
    expect(stay.story).toEqual(['0 risk-high firing']);
    stay.score(15, 0.1, { news2: { total: 2, missing: ['consciousness'] } });
    expect(stay.story.at(-1)).toBe('15 risk-high resolved recovered');
  });

  it('a lower risk of a window that lost its laboratory values resolves nothing', () => {
    const stay = stayUnder(patientRule());
    stay.score(0, 0.6, { completeness: 0.8 });
    stay.score(5, 0.1, { completeness: 0.69 });
    stay.tick(10_000);
    expect(stay.story).toEqual(['0 risk-high firing']);
    stay.score(10, 0.1, { completeness: 0.7 });
    expect(stay.story.at(-1)).toBe('10 risk-high resolved recovered');
  });
});

describe('what was taken before', () => {
  it('changes nothing: a score that comes again, an older one, a command that comes again', () => {
    const stay = stayUnder(patientRule());
    stay.score(10, 0.6);
    expect(stay.score(10, 0.6)).toBe('repeated');
    expect(stay.score(5, 0.1)).toBe('older');
    expect(stay.ask(11, 'acknowledge', { commandId: 'c' })).toBe('applied');
    expect(stay.ask(12, 'acknowledge', { commandId: 'c' })).toBe('repeated');
    expect(stay.ask(13, 'acknowledge')).toBe('already-so');
    expect(stay.story).toEqual(['10 risk-high firing', '11 risk-high acknowledged']);
  });

  it('but a window that a late result changed is judged, though it has the same due time', () => {
    const stay = stayUnder(patientRule());
    stay.score(10, 0.6);
    stay.take(scoreAt(10, 0.1, { id: 'other' }));
    stay.take(scoreAt(10, 0.6, { id: 'third' }));
    expect(stay.story).toEqual(['10 risk-high firing', '10 risk-high resolved recovered', '10 risk-high firing']);
    expect(new Set(stay.transitions.map(({ alertId }) => alertId)).size).toBe(2);
  });
});

describe('a command', () => {
  it('that finds nothing to do says why', () => {
    const stay = stayUnder(patientRule({ forMinutes: 5 }));
    stay.score(0, 0.6);
    expect(stay.ask(1, 'acknowledge')).toBe('not-firing');
    expect(stay.ask(1, 'snooze', { untilMinute: 9 })).toBe('not-firing');
    stay.score(5, 0.6);
    expect(stay.ask(6, 'snooze', { untilMinute: 6 })).toBe('snooze-over');
    const alertId = stay.transitions[0]!.alertId;
    expect(stay.ask(7, 'resolve')).toBe('applied');
    expect(stay.ask(8, 'resolve', { alertId })).toBe('already-resolved');
    expect(stay.ask(8, 'resolve', { alertId: 'x' })).toBe('alert-unknown');
  });
});

describe('the life of a stay', () => {
  it('ends its alerts, and what comes after the end changes nothing', () => {
    const stay = stayUnder(patientRule());
    stay.score(0, 0.6);
    stay.take({ kind: 'ended', atMs: 5 * MINUTE_MS });
    expect(stay.score(10, 0.9)).toBe('stay-ended');
    stay.tick(10_000);
    expect(stay.story).toEqual(['0 risk-high firing', '5 risk-high resolved stay-ended']);
  });

  it('goes on after a discharge that was cancelled, with alerts of its own', () => {
    const stay = stayUnder(patientRule({ refractoryMinutes: 60 }));
    stay.score(0, 0.6);
    stay.take({ kind: 'ended', atMs: 5 * MINUTE_MS });
    expect(stay.take({ kind: 'reopened', atMs: 8 * MINUTE_MS })).toBe('applied');
    expect(stay.take({ kind: 'reopened', atMs: 9 * MINUTE_MS })).toBe('repeated');
    stay.score(10, 0.6);
    expect(stay.story.at(-1)).toBe('10 risk-high firing');
    expect(stay.transitions[2]!.alertId).not.toBe(stay.transitions[0]!.alertId);
  });

  it('merged into another hands its alerts over', () => {
    const stay = stayUnder(patientRule());
    stay.score(0, 0.6);
    stay.take({ kind: 'merged', atMs: MINUTE_MS });
    expect(stay.story.at(-1)).toBe('1 risk-high resolved superseded');
  });

  it('takes the rules of its new ward with it, and ends the alerts that have none there', () => {
    const policy = {
      ...policyOf(),
      ruleSets: { a: [patientRule()], b: [patientRule({ name: 'other' })] },
      assignments: [
        { site: '*', ward: '*', ruleSet: 'a' },
        { site: 'here', ward: 'step-down', ruleSet: 'b' },
      ],
    };
    const stay = new WatchedStay(policy);
    stay.score(0, 0.6);
    stay.take({ kind: 'placed', atMs: MINUTE_MS, site: 'here', ward: 'w', bed: 'b2' });
    expect(stay.story).toHaveLength(1);
    stay.take({ kind: 'placed', atMs: 2 * MINUTE_MS, site: 'here', ward: 'step-down', bed: 'b3' });
    stay.score(5, 0.6);
    expect(stay.story.slice(1)).toEqual(['2 risk-high resolved superseded', '5 other firing']);
    expect(stay.transitions.at(-1)).toMatchObject({ ward: 'step-down', bed: 'b3' });
  });
});
