import { logOdds, probabilityOfLogOdds, seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import { calibrate } from './calibrate.js';
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
  function overconfident(count: number): { patients: string[]; risks: number[]; labels: number[] } {
    const random = seededRandom(9);
    const truth = Array.from({ length: count }, () => 0.05 + 0.5 * random());
    return {
      patients: truth.map((_, row) => `p${row}`),
      risks: truth.map((p) => probabilityOfLogOdds(2 * logOdds(p))),
      labels: truth.map((p) => (random() < p ? 1 : 0)),
    };
  }

  it('finds the line that undoes overconfidence', () => {
    const { line } = calibrate(overconfident(20_000));
    expect(Math.abs(line.slope - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(line.intercept)).toBeLessThan(0.08);
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
    const { line, crossFitted } = calibrate({ patients: ['a', 'b'], risks: [0.2, 0.3], labels: [0, 0] });
    expect(line).toEqual({ slope: 1, intercept: 0 });
    expect(crossFitted[0]).toBeCloseTo(0.2, 9);
  });
});
