import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alarmBurden, alarmBurdenIntervals } from './alarm-burden.js';
import { alarmTimes } from './alarm-times.js';
import type { RollingScores } from './rolling-scores.js';
import { thresholdForDeathsCaught } from './threshold-for-deaths-caught.js';

/** Stays scored every two hours from hour 0 on. */
function scoresOf(stays: readonly { risks: readonly number[]; died: boolean; endHours: number }[]): RollingScores {
  const rows = stays.flatMap(({ risks, died, endHours }, stay) =>
    risks.map((risk, at) => ({ stay, hour: 2 * at, risk, label: Number(died), endHours })),
  );
  return {
    stays: rows.map(({ stay }) => stay),
    hours: rows.map(({ hour }) => hour),
    risks: rows.map(({ risk }) => risk),
    labels: rows.map(({ label }) => label),
    endHours: rows.map((row) => row.endHours),
    everyHours: 2,
  };
}

/** Watched for 12, 12, 8 and 4 hours: a day and a half. */
const ward = scoresOf([
  { risks: [0.1, 0.6, 0.7, 0.2, 0.8, 0.9], died: true, endHours: 30 },
  { risks: [0.1, 0.1, 0.5, 0.1, 0.1, 0.1], died: false, endHours: 40 },
  { risks: [0.3, 0.2, 0.3, 0.4], died: true, endHours: 7 },
  { risks: [0.2, 0.2], died: false, endHours: 2 },
]);

describe('alarmTimes', () => {
  const hours = [0, 1, 2, 3, 4, 5, 6];
  const risks = [0.2, 0.5, 0.6, 0.4, 0.7, 0.7, 0.7];

  it('is silent for the refractory time, and raises again where the risk is still high', () => {
    expect(alarmTimes(hours, risks, { threshold: 0.5, refractoryHours: 0 })).toEqual([1, 2, 4, 5, 6]);
    expect(alarmTimes(hours, risks, { threshold: 0.5, refractoryHours: 2 })).toEqual([1, 4, 6]);
    expect(alarmTimes(hours, risks, { threshold: 0.5, refractoryHours: 24 })).toEqual([1]);
  });

  it('waits until the risk has been high without a break', () => {
    expect(alarmTimes(hours, risks, { threshold: 0.5, refractoryHours: 0, persistenceHours: 1 })).toEqual([2, 5, 6]);
    expect(alarmTimes(hours, risks, { threshold: 0.5, refractoryHours: 0, persistenceHours: 2 })).toEqual([6]);
    expect(alarmTimes(hours, risks, { threshold: 0.5, refractoryHours: 0, persistenceHours: 3 })).toEqual([]);
  });

  it('refuses hours below zero', () => {
    expect(() => alarmTimes(hours, risks, { threshold: 0.5, refractoryHours: -1 })).toThrow(
      'expected numbers, hours 0',
    );
  });
});

describe('alarmBurden', () => {
  it('counts alarms, deaths caught and lead time by hand', () => {
    // alarms at .5 with 6 hours of silence: first stay at 2 and 8, second at 4
    expect(alarmBurden(ward, { threshold: 0.5, refractoryHours: 6 })).toEqual({
      stays: 4,
      deaths: 2,
      patientDays: 1.5,
      alarms: 3,
      alarmsPerPatientDay: 2,
      positivePredictiveValue: 2 / 3,
      deathsCaught: 0.5,
      survivorsAlarmed: 0.5,
      leadHours: { lowerQuartile: 28, median: 28, upperQuartile: 28 },
    });
  });

  it('gives quartiles of the lead time over the deaths caught', () => {
    // first alarms at 2 of 30 and at 0 of 7
    const { leadHours } = alarmBurden(ward, { threshold: 0.25, refractoryHours: 100 });
    expect(leadHours).toEqual({ lowerQuartile: 12.25, median: 17.5, upperQuartile: 22.75 });
  });

  it('does not depend on the order of the rows', () => {
    const policy = { threshold: 0.5, refractoryHours: 3, persistenceHours: 1 };
    const turned = {
      ...ward,
      stays: ward.stays.toReversed(),
      hours: ward.hours.toReversed(),
      risks: ward.risks.toReversed(),
      labels: ward.labels.toReversed(),
      endHours: ward.endHours.toReversed(),
    };
    expect(alarmBurden(turned, policy)).toEqual(alarmBurden(ward, policy));
  });

  it('leaves undefined what has no alarm', () => {
    const { positivePredictiveValue, leadHours, deathsCaught } = alarmBurden(ward, {
      threshold: 2,
      refractoryHours: 1,
    });
    expect([positivePredictiveValue, leadHours.median]).toEqual([Number.NaN, Number.NaN]);
    expect(deathsCaught).toBe(0);
  });

  it('refuses a stay with two outcomes, and a score after the end', () => {
    const policy = { threshold: 0.5, refractoryHours: 1 };
    expect(() =>
      alarmBurden({ ...ward, labels: ward.labels.map((label, row) => (row === 3 ? 0 : label)) }, policy),
    ).toThrow('stay 0 has another outcome or end in row 3');
    expect(() => alarmBurden({ ...ward, endHours: ward.endHours.map(() => 5) }, policy)).toThrow('after the end');
    expect(() => alarmBurden({ ...ward, risks: [0.1] }, policy)).toThrow('column risks has 1 rows');
  });
});

describe('alarmBurdenIntervals', () => {
  it('gives the figures of the burden with intervals over patients', () => {
    const many = scoresOf(
      Array.from({ length: 60 }, (_, stay) => ({
        risks: [0.1, (stay % 10) / 10, 0.2],
        died: stay % 4 === 0,
        endHours: 20,
      })),
    );
    const policy = { threshold: 0.55, refractoryHours: 12 };
    const burden = alarmBurden(many, policy);
    const intervals = alarmBurdenIntervals(many, policy, { seed: 1, resamples: 200 });
    for (const name of [
      'alarmsPerPatientDay',
      'positivePredictiveValue',
      'deathsCaught',
      'survivorsAlarmed',
    ] as const) {
      expect(intervals[name].value).toBeCloseTo(burden[name], 12);
      expect(intervals[name].low).toBeLessThan(burden[name]);
      expect(intervals[name].high).toBeGreaterThan(burden[name]);
    }
    const onePatient = alarmBurdenIntervals({ ...many, patients: many.stays.map(() => 'p') }, policy, { seed: 1 });
    expect(onePatient.deathsCaught.low).toBe(onePatient.deathsCaught.high);
  });
});

describe('thresholdForDeathsCaught', () => {
  it('is the lowest of the peaks that are needed, by hand', () => {
    expect(thresholdForDeathsCaught(ward, 0.5)).toBe(0.9);
    expect(thresholdForDeathsCaught(ward, 0.8)).toBe(0.4);
    // two hours of persistence need two scores in a row: .8 and .9 of the first stay, .3 and .4 of the third
    expect(thresholdForDeathsCaught(ward, 0.5, 2)).toBe(0.8);
    expect(thresholdForDeathsCaught(ward, 1, 2)).toBe(0.3);
    expect(thresholdForDeathsCaught(ward, 1, 8)).toBeUndefined();
  });

  it('catches the share, and nothing higher does', () => {
    const stay = fc.record({
      risks: fc.array(
        fc.integer({ min: 0, max: 9 }).map((tenths) => tenths / 10),
        { minLength: 1, maxLength: 6 },
      ),
      died: fc.boolean(),
      endHours: fc.constant(20),
    });
    const settings = fc.record({ share: fc.constantFrom(0.5, 0.8, 0.9), persistenceHours: fc.constantFrom(0, 2, 3) });
    fc.assert(
      fc.property(fc.array(stay, { minLength: 1, maxLength: 8 }), settings, (stays, { share, persistenceHours }) => {
        const scores = scoresOf(stays);
        const threshold = thresholdForDeathsCaught(scores, share, persistenceHours);
        fc.pre(threshold !== undefined);
        const caughtAt = (at: number): number =>
          alarmBurden(scores, { threshold: at, persistenceHours, refractoryHours: 5 }).deathsCaught;
        expect(caughtAt(threshold!)).toBeGreaterThanOrEqual(share);
        expect(caughtAt(threshold! + 0.05)).toBeLessThan(share);
      }),
    );
  });
});
