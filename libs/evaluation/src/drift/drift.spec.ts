import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seededRandom } from '../seeded-random.js';
import { binnedKolmogorovSmirnov, kolmogorovSmirnov } from './kolmogorov-smirnov.js';
import { binShares, populationStabilityIndex, referenceEdges, stabilityIndex } from './population-stability.js';

describe('population stability index', () => {
  it('sums the shifts of the shares, by hand', () => {
    expect(stabilityIndex([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(0.25 * Math.log(2) + 0.25 * Math.log(1.5), 12);
    expect(stabilityIndex([0.2, 0.8], [0.2, 0.8])).toBe(0);
    expect(stabilityIndex([0.5, 0.5], [0, 1])).toBeCloseTo(0.4999 * Math.log(5000) + 0.5 * Math.log(2), 12);
  });

  it('bins by equal shares of the reference', () => {
    const reference = Array.from({ length: 101 }, (_, at) => at);
    const edges = referenceEdges(reference, 4);
    expect(edges).toEqual([25, 50, 75]);
    expect(binShares([1, 25, 26, 99], edges)).toEqual([0.5, 0.25, 0, 0.25]);
    expect(populationStabilityIndex(reference, reference)).toBe(0);
  });

  it('keeps one edge where many values are equal, and refuses what is not finite', () => {
    expect(referenceEdges([1, 1, 1, 1, 1, 1, 1, 1, 1, 2], 5)).toEqual([1]);
    expect(() => binShares([1, Number.NaN], [0])).toThrow('value NaN at 1');
    expect(() => stabilityIndex([1], [0.5, 0.5])).toThrow('2 bins beside 1');
  });

  it('is near what chance gives without a shift, and over .25 for one of a whole deviation', () => {
    const random = seededRandom(4);
    const uniform = (count: number, by: number): number[] => Array.from({ length: count }, () => random() + by);
    const chance = 9 * (1 / 2000 + 1 / 2000);
    expect(populationStabilityIndex(uniform(2000, 0), uniform(2000, 0))).toBeLessThan(4 * chance);
    expect(populationStabilityIndex(uniform(2000, 0), uniform(2000, 0.29))).toBeGreaterThan(0.25);
  });
});

describe('kolmogorovSmirnov', () => {
  it('gives the greatest distance and its chance, by hand', () => {
    expect(kolmogorovSmirnov([1, 2, 3, 4], [3, 4, 5, 6]).statistic).toBe(0.5);
    expect(kolmogorovSmirnov([1, 1, 2], [1, 2, 2]).statistic).toBeCloseTo(1 / 3, 12);
    // fifty each, shifted by fifteen places: D = .3, lambda = (5 + .12 + .022) * .3, 2 exp(-2 lambda^2) = .017144
    const fifty = Array.from({ length: 50 }, (_, at) => at);
    const shifted = kolmogorovSmirnov(
      fifty,
      fifty.map((value) => value + 15),
    );
    expect(shifted.statistic).toBeCloseTo(0.3, 12);
    expect(shifted.pValue).toBeCloseTo(0.017144, 5);
    expect(kolmogorovSmirnov(fifty, fifty)).toEqual({ statistic: 0, pValue: 1 });
  });

  it('equals the distance looked for at every value', () => {
    const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(values, values, (first, second) => {
        const share = (of: number[], at: number): number => of.filter((value) => value <= at).length / of.length;
        const greatest = Math.max(...[...first, ...second].map((at) => Math.abs(share(first, at) - share(second, at))));
        expect(kolmogorovSmirnov(first, second).statistic).toBeCloseTo(greatest, 12);
      }),
    );
  });

  it('cries wolf about as often as it says', () => {
    const random = seededRandom(6);
    const draw = (): number[] => Array.from({ length: 80 }, random);
    const alarms = Array.from({ length: 1000 }, () => kolmogorovSmirnov(draw(), draw()).pValue).filter((p) => p < 0.1);
    expect(alarms.length).toBeGreaterThan(60);
    expect(alarms.length).toBeLessThan(130);
  });

  it('needs no values where both sides are histograms, by hand and beside the values', () => {
    // shares below the edges: .2, .5 against .4, .9
    const { statistic, pValue } = binnedKolmogorovSmirnov([20, 30, 50], [40, 50, 10]);
    expect(statistic).toBeCloseTo(0.4, 12);
    expect(pValue).toBeLessThan(1e-6);
    expect(binnedKolmogorovSmirnov([5, 5], [50, 50])).toEqual({ statistic: 0, pValue: 1 });
    const bins = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 5, maxLength: 5 });
    const some = bins.filter((counts) => counts.some((count) => count > 0));
    const valuesOf = (counts: number[]): number[] => counts.flatMap((count, bin) => Array<number>(count).fill(bin));
    fc.assert(
      fc.property(some, some, (first, second) => {
        const ofValues = kolmogorovSmirnov(valuesOf(first), valuesOf(second));
        expect(binnedKolmogorovSmirnov(first, second).statistic).toBeCloseTo(ofValues.statistic, 12);
      }),
    );
    expect(() => binnedKolmogorovSmirnov([1, 0], [0, 0])).toThrow('histograms of 1 and 0 values');
    expect(() => binnedKolmogorovSmirnov([1, 0], [1])).toThrow('1 bins beside 2');
  });

  it('refuses an empty sample', () => {
    expect(() => kolmogorovSmirnov([], [1])).toThrow('samples of 0 and 1 numbers');
  });
});
