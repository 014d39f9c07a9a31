import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { areaUnderRoc } from './area-under-roc.js';
import { averagePrecision } from './average-precision.js';

describe('areaUnderRoc', () => {
  it('gives the value of the worked example in the scikit-learn manual', () => {
    expect(areaUnderRoc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.75);
  });

  it('counts a tie as half a win', () => {
    expect(areaUnderRoc([1, 1, 2, 0], [0, 1, 1, 0])).toBe((0.5 + 1 + 1 + 1) / 4);
  });

  it('equals the share of pairs that are in the right order', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 })), { minLength: 2 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const deaths = pairs.filter(([, label]) => label === 1).map(([score]) => score);
        const survivors = pairs.filter(([, label]) => label === 0).map(([score]) => score);
        fc.pre(deaths.length > 0 && survivors.length > 0);
        let won = 0;
        for (const d of deaths) for (const s of survivors) won += d > s ? 1 : d === s ? 0.5 : 0;
        const area = areaUnderRoc(
          pairs.map(([score]) => score),
          pairs.map(([, label]) => label),
        );
        expect(area).toBeCloseTo(won / deaths.length / survivors.length, 12);
      }),
    );
  });

  it('is undefined with one class only, and refuses what is not a label', () => {
    expect(areaUnderRoc([0.1, 0.2], [1, 1])).toBeNaN();
    expect(() => areaUnderRoc([0.1], [2])).toThrow('label 2 in row 0: expected 0 or 1');
    expect(() => areaUnderRoc([0.1], [0, 1])).toThrow('give one label for each score');
  });
});

describe('averagePrecision', () => {
  it('gives the value of the worked example in the scikit-learn manual', () => {
    expect(averagePrecision([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBeCloseTo(0.8333333333, 9);
  });

  it('is the prevalence when every score is the same', () => {
    expect(averagePrecision([0.5, 0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0, 1])).toBeCloseTo(0.4, 12);
  });
});
