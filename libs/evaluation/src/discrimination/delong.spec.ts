import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mortalityMetrics } from '../bootstrap/mortality-metrics.js';
import { seededRandom } from '../seeded-random.js';
import { areaUnderRoc } from './area-under-roc.js';
import { delongArea } from './delong.js';

/** The definition of 1988, pair by pair. */
function pairByPair(deaths: readonly number[], survivors: readonly number[]): number {
  const wins = (death: number, survivor: number): number => (death > survivor ? 1 : death === survivor ? 0.5 : 0);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);
  const ofDeaths = deaths.map((death) => mean(survivors.map((survivor) => wins(death, survivor))));
  const ofSurvivors = survivors.map((survivor) => mean(deaths.map((death) => wins(death, survivor))));
  return variance(ofDeaths) / deaths.length + variance(ofSurvivors) / survivors.length;
}

describe('delongArea', () => {
  it('gives the variance worked out by hand', () => {
    // deaths 3 and 1 stand above 2/2 and 1/2 of the survivors 2 and 0, these below 1/2 and 2/2: variances 1/8 each, over 2
    const { auroc, variance, low, high } = delongArea([3, 1, 2, 0], [1, 1, 0, 0]);
    expect(auroc).toBe(0.75);
    expect(variance).toBeCloseTo(0.125, 12);
    expect(low).toBeCloseTo(0.75 - 1.959964 * Math.sqrt(0.125), 5);
    expect(high).toBe(1);
  });

  it('equals the definition pair by pair, ties and all', () => {
    const some = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(some, some, (deaths, survivors) => {
        const scores = [...deaths, ...survivors];
        const labels = scores.map((_, row) => (row < deaths.length ? 1 : 0));
        const { auroc, variance } = delongArea(scores, labels);
        expect(auroc).toBeCloseTo(areaUnderRoc(scores, labels), 12);
        expect(variance).toBeCloseTo(pairByPair(deaths, survivors), 12);
      }),
    );
  });

  it('agrees with the bootstrap where each patient has one row', () => {
    const random = seededRandom(5);
    const risks = Array.from({ length: 800 }, () => 0.01 + 0.7 * random() ** 2);
    const labels = risks.map((risk) => (random() < risk ? 1 : 0));
    const byFormula = delongArea(risks, labels);
    const { auroc } = mortalityMetrics({ patients: risks.map((_, row) => row), risks, labels }, { seed: 6 });
    const ratio = (auroc.high - auroc.low) / (byFormula.high - byFormula.low);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
    expect(Math.abs(auroc.low - byFormula.low)).toBeLessThan(0.005);
  });

  it('is not defined with a single death', () => {
    expect(delongArea([1, 2, 3], [1, 0, 0]).variance).toBeNaN();
  });
});
