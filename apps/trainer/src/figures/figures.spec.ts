import { logOdds, probabilityOfLogOdds, seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import { calibrate, type UncalibratedRisks } from './calibrate.js';
import { carryForward } from './carry-forward.js';

describe('carryForward', () => {
  it('carries within a signal only, and starts from the mean', () => {
    const values = Float32Array.of(0, 5, 0, 0, /* next signal */ 0, 0, 7, 0);
    const mask = Float32Array.of(0, 1, 0, 0, 0, 0, 1, 0);
    expect([...carryForward(values, mask, 4)]).toEqual([0, 5, 5, 5, 0, 0, 7, 7]);
  });
});

describe('calibrate', () => {
  /** Risks whose log odds are twice too far from zero. */
  function overconfident(count: number): UncalibratedRisks {
    const random = seededRandom(9);
    const truth = Array.from({ length: count }, () => 0.05 + 0.5 * random());
    return {
      patients: truth.map((_, row) => `p${row}`),
      hours: truth.map(() => 24),
      risks: truth.map((p) => probabilityOfLogOdds(2 * logOdds(p))),
      labels: truth.map((p) => (random() < p ? 1 : 0)),
    };
  }

  it('finds the line that undoes overconfidence', () => {
    const { anchors } = calibrate(overconfident(20_000));
    expect(anchors.map(({ hours }) => hours)).toEqual([24, 48]);
    expect(Math.abs(anchors[0]!.slope - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(anchors[0]!.intercept)).toBeLessThan(0.08);
    // no window ended late: nothing to fit there
    expect(anchors[1]).toEqual({ hours: 48, slope: 1, intercept: 0 });
  });

  it('calibrates early and late windows each by their own line', () => {
    const { patients, hours, risks, labels } = overconfident(20_000);
    const late = risks.map((risk, row) => (row % 2 === 0 ? risk : probabilityOfLogOdds(logOdds(risk) / 2)));
    const { anchors } = calibrate({
      patients,
      hours: hours.map((hour, row) => (row % 2 === 0 ? hour : 47)),
      risks: late,
      labels,
    });
    expect(Math.abs(anchors[0]!.slope - 0.5)).toBeLessThan(0.06);
    expect(Math.abs(anchors[1]!.slope - 1)).toBeLessThan(0.12);
  });

  it('calibrates each patient without looking at the own outcome', () => {
    const outcomes = overconfident(400);
    const before = calibrate(outcomes).crossFitted;
    const turned = { ...outcomes, labels: outcomes.labels.map((label, row) => (row === 7 ? 1 - label : label)) };
    const after = calibrate(turned).crossFitted;
    expect(after[7]).toBe(before[7]);
    expect(after.some((risk, row) => risk !== before[row])).toBe(true);
  });

  it('stays as it is where nothing can be fitted', () => {
    const { anchors, crossFitted } = calibrate({
      patients: ['a', 'b'],
      hours: [24, 24],
      risks: [0.2, 0.3],
      labels: [0, 0],
    });
    expect(anchors[0]).toEqual({ hours: 24, slope: 1, intercept: 0 });
    expect(crossFitted[0]).toBeCloseTo(0.2, 9);
  });
});
