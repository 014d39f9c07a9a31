import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOUR_MS } from '#clinical';
import { alarmBurden } from '#evaluation';
import { patientRule, policyOf, technicalRule } from '../../../../test/support/alerting/policies.js';
import type { ScoredStay } from './scored-stay.js';
import { simulatePolicy } from './simulate-policy.js';

/** A stay scored every hour. */
function stayOf(stayId: string, died: boolean, endHours: number, risks: readonly (number | undefined)[]): ScoredStay {
  const scores = risks.map((median, hour) => ({ atMs: hour * HOUR_MS, ...(median === undefined ? {} : { median }) }));
  return { stayId, admittedAtMs: 0, endedAtMs: endHours * HOUR_MS, died, scores };
}

/** Watched for 6, 4 and 2 hours: half a day. */
const ward = [
  stayOf('a', true, 10, [0.1, 0.6, 0.6, 0.2, 0.2, 0.7]),
  stayOf('b', false, 20, [0.6, undefined, 0.4, 0.1]),
  stayOf('c', true, 2, [0.1, 0.1]),
];

describe('simulatePolicy', () => {
  it('counts alerts, notifications, deaths caught, lead time and load by hand', () => {
    const policy = policyOf(patientRule({ escalateAfterMinutes: [15, 45] }), technicalRule());
    const burden = simulatePolicy(policy, ward, { acknowledgeAfterMinutes: 30 });
    // a: 1 h to 3 h and from 5 h to 6 h; b: 0 h to 3 h. Each is escalated once and acknowledged after half an hour.
    const expected = {
      ...{ alerts: 3, notifications: 6, alertsPerPatientDay: 6, notificationsPerPatientDay: 12 },
      ...{ positivePredictiveValue: 2 / 3, deathsCaught: 0.5, survivorsAlarmed: 1 },
      leadHours: { lowerQuartile: 9, median: 9, upperQuartile: 9 },
      ...{ acknowledgedHoursPerPatientDay: 9, standingHoursPerPatientDay: 12 },
    };
    expect(burden).toEqual({
      ...{ policyVersion: 'spec-1', stays: 3, deaths: 2, patientDays: 0.5 },
      total: expected,
      rules: { 'risk-high': expected },
    });
  });

  it('escalates to the end when nobody acknowledges', () => {
    const policy = policyOf(patientRule({ escalateAfterMinutes: [15, 45] }));
    const { total } = simulatePolicy(policy, ward, { acknowledgeAfterMinutes: Infinity });
    expect([total.alerts, total.notifications, total.acknowledgedHoursPerPatientDay]).toEqual([3, 9, 0]);
  });

  it('parts the burden by rule', () => {
    const news2 = patientRule({ name: 'news2', when: [{ measure: 'news2', rise: 7, fall: 5 }] });
    const one = {
      ...stayOf('d', true, 5, []),
      scores: [
        { atMs: 0, median: 0.9, news2: 3 },
        { atMs: HOUR_MS, news2: 8 },
      ],
    };
    const { rules, total } = simulatePolicy(policyOf(patientRule(), news2), [one]);
    expect([rules['risk-high']!.alerts, rules['news2']!.alerts, total.alerts]).toEqual([1, 1, 2]);
    expect([rules['news2']!.leadHours.median, total.leadHours.median]).toEqual([4, 5]);
  });

  it('refuses scores out of order or after the end', () => {
    expect(() => simulatePolicy(policyOf(patientRule()), [stayOf('a', true, 0.5, [0.1, 0.2])])).toThrow(
      'after its end',
    );
    const turned = { ...ward[0]!, scores: ward[0]!.scores.toReversed() };
    expect(() => simulatePolicy(policyOf(patientRule()), [turned])).toThrow('not in order');
  });

  it('agrees with the alarm table where both mean the same: any first alarm at the same time, the same deaths caught', () => {
    const risks = fc.array(
      fc.integer({ min: 0, max: 9 }).map((tenths) => tenths / 10),
      { minLength: 1, maxLength: 12 },
    );
    const stays = fc.array(fc.tuple(risks, fc.boolean()), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(stays, fc.constantFrom(0, 1, 3), (drawn, persistenceHours) => {
        const recorded = drawn.map(([values, died], at) => stayOf(String(at), died, 48, values));
        const rule = patientRule({ forMinutes: 60 * persistenceHours });
        const { total } = simulatePolicy(policyOf(rule), recorded, { everyMs: HOUR_MS });
        const rows = recorded.flatMap(({ stayId, died, scores }) =>
          scores.map(({ atMs, median }) => ({ stayId, died, hour: atMs / HOUR_MS, risk: median! })),
        );
        const table = alarmBurden(
          {
            stays: rows.map(({ stayId }) => stayId),
            hours: rows.map(({ hour }) => hour),
            risks: rows.map(({ risk }) => risk),
            labels: rows.map(({ died }) => Number(died)),
            endHours: rows.map(() => 48),
            everyHours: 1,
          },
          { threshold: 0.5, refractoryHours: 1_000, persistenceHours },
        );
        expect(total.deathsCaught).toEqual(table.deathsCaught);
        expect(total.survivorsAlarmed).toEqual(table.survivorsAlarmed);
        expect(total.leadHours).toEqual(table.leadHours);
      }),
    );
  });
});
