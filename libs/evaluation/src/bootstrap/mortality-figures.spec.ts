import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brierScore } from '../calibration/brier-score.js';
import { fitLogisticRecalibration } from '../calibration/logistic-recalibration.js';
import { areaUnderRoc } from '../discrimination/area-under-roc.js';
import { averagePrecision } from '../discrimination/average-precision.js';
import { seededRandom } from '../seeded-random.js';
import { bootstrapIntervals } from './bootstrap.js';
import { mortalityFigures, type ScoredOutcomes } from './mortality-figures.js';
import { mortalityMetrics, mortalityMetricsOf } from './mortality-metrics.js';
import { resampleFigures } from './resample-figures.js';

/** Several windows of each patient, risks rounded so that many are tied. */
function madeUpWard(patients: number, windows: number, seed: number): ScoredOutcomes {
  const random = seededRandom(seed);
  const rows = Array.from({ length: patients }, (_, patient) => {
    const frailty = random();
    const label = random() < 0.6 * frailty ** 2 ? 1 : 0;
    return Array.from({ length: windows }, () => ({
      patient,
      label,
      risk: Math.round(100 * (0.02 + 0.8 * Math.min(1, Math.max(0, frailty + 0.5 * (random() - 0.5))))) / 100,
    }));
  }).flat();
  return {
    patients: rows.map(({ patient }) => patient),
    risks: rows.map(({ risk }) => risk),
    labels: rows.map(({ label }) => label),
  };
}

/** The same figures from the rows that were drawn, each computed from scratch. */
function rowByRow({ risks, labels }: ScoredOutcomes, rows: readonly number[]): Record<string, number> {
  const p = rows.map((row) => risks[row]!);
  const y = rows.map((row) => labels[row]!);
  const { slope, intercept } = fitLogisticRecalibration(p, y);
  return {
    auroc: areaUnderRoc(p, y),
    auprc: averagePrecision(p, y),
    brier: brierScore(p, y),
    calibrationSlope: slope,
    calibrationIntercept: intercept,
  };
}

/** Equal to twelve digits relative to size, for the line of nearly separated classes is far from zero; not defined in both or in none. */
function expectSame(figure: number, wanted: number): void {
  if (Number.isNaN(wanted)) expect(figure).toBeNaN();
  else expect(Math.abs(figure - wanted) / (1 + Math.abs(wanted))).toBeLessThan(1e-12);
}

describe('mortalityFigures', () => {
  it('gives, for the same draws, the interval that resampled rows give', () => {
    const ward = madeUpWard(80, 4, 3);
    const slow = bootstrapIntervals(ward.patients, (rows) => rowByRow(ward, rows), { seed: 9, resamples: 50 });
    const fast = mortalityMetrics(ward, { seed: 9, resamples: 50 });
    for (const name of ['auroc', 'auprc', 'brier', 'calibrationSlope', 'calibrationIntercept'] as const) {
      expect(Math.abs(fast[name].value - slow[name]!.value)).toBeLessThan(1e-12);
      expect(Math.abs(fast[name].low - slow[name]!.low)).toBeLessThan(1e-12);
      expect(Math.abs(fast[name].high - slow[name]!.high)).toBeLessThan(1e-12);
    }
  });

  it('counts a patient as often as it was drawn, whatever the counts', () => {
    const rowOf = fc.record({ risk: fc.integer({ min: 1, max: 9 }), label: fc.constantFrom(0, 1), count: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(rowOf, { minLength: 1, maxLength: 12 }), (rows) => {
        const outcomes = {
          patients: rows.map((_, row) => row),
          risks: rows.map(({ risk }) => risk / 10),
          labels: rows.map(({ label }) => label),
        };
        const repeated = rows.flatMap(({ count }, row) => Array.from({ length: count }, () => row));
        fc.pre(repeated.length > 0);
        const expected = Object.values(rowByRow(outcomes, repeated));
        const figures = mortalityFigures(outcomes).of(Int32Array.from(rows, ({ count }) => count));
        figures.forEach((figure, at) => expectSame(figure, expected[at]!));
      }),
    );
  });

  it('refuses a table without a patient for each row', () => {
    expect(() => mortalityFigures({ patients: [1], risks: [0.1, 0.2], labels: [0, 1] })).toThrow(
      '1 patients but 2 risks',
    );
  });
});

describe('resampleFigures', () => {
  const figures = mortalityFigures(madeUpWard(40, 2, 5));

  it('gives the same resamples however they are cut', () => {
    const whole = resampleFigures(figures, { seed: 4, from: 0, to: 30 });
    const cut = [
      [0, 7],
      [7, 8],
      [8, 30],
    ].flatMap(([from, to]) => [...resampleFigures(figures, { seed: 4, from: from!, to: to! })]);
    expect(cut).toEqual([...whole]);
  });

  it('draws anew for every resample and seed', () => {
    const briers = (seed: number): number[] =>
      [...resampleFigures(figures, { seed, from: 0, to: 20 })].filter((_, at) => at % 5 === 2);
    expect(new Set([...briers(1), ...briers(2)]).size).toBeGreaterThan(38);
  });
});

describe('mortalityMetricsOf', () => {
  it('puts slices together, in any order, to the metrics of one pass', () => {
    const ward = madeUpWard(40, 2, 6);
    const figures = mortalityFigures(ward);
    const slices = [
      { seed: 2, from: 11, to: 40 },
      { seed: 2, from: 0, to: 11 },
    ].map((range) => resampleFigures(figures, range));
    expect(mortalityMetricsOf(ward, slices)).toEqual(mortalityMetrics(ward, { seed: 2, resamples: 40 }));
  });
});
