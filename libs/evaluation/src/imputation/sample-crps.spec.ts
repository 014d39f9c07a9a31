import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seededRandom } from '../seeded-random.js';
import { imputationBySignal } from './imputation-by-signal.js';
import { sampleCrps } from './sample-crps.js';

describe('sampleCrps', () => {
  it('is mean error less half the mean spread, by hand', () => {
    // samples 1 and 4 of truth 2: (1 + 2) / 2 - 6 / 8; fair: - 6 / 4
    expect(sampleCrps([[4, 1]], [2])).toEqual({ crps: 0.75, fairCrps: 0 });
  });

  it('is the absolute error with one sample, and not defined in its fair form', () => {
    expect(sampleCrps([[3], [5]], [1, 5]).crps).toBe(1);
    expect(sampleCrps([[3]], [1]).fairCrps).toBeNaN();
  });

  it('equals the area between the distribution of the samples and the step at the truth', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, fc.integer({ min: -9, max: 9 }), (draws, truth) => {
        // the integrand is flat between neighbouring integers
        let area = 0;
        for (let x = -10; x < 10; x++) {
          const share = draws.filter((draw) => draw <= x).length / draws.length;
          area += (share - (truth <= x ? 1 : 0)) ** 2;
        }
        expect(sampleCrps([draws], [truth]).crps).toBeCloseTo(area, 10);
      }),
    );
  });

  it('approaches the closed form of a normal forecast', () => {
    // a sum of twelve uniforms is near enough to a normal draw
    const random = seededRandom(2);
    const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, number) => sum + number, -6);
    const draws = Array.from({ length: 20_000 }, normal);
    // 2 phi(0) - 1 / sqrt(pi), Gneiting and Raftery 2007
    expect(Math.abs(sampleCrps([draws], [0]).crps - 0.2337)).toBeLessThan(0.01);
  });

  it('in its fair form does not depend on how many samples are drawn', () => {
    const random = seededRandom(9);
    const scoreOf = (samples: number): { crps: number; fairCrps: number } => {
      const truth = Array.from({ length: 20_000 }, random);
      return sampleCrps(
        truth.map(() => Array.from({ length: samples }, random)),
        truth,
      );
    };
    // uniform forecast and truth: 1/3 - 1/6; with two samples 1/12 too much in the plain form
    expect(Math.abs(scoreOf(2).fairCrps - 1 / 6)).toBeLessThan(0.005);
    expect(Math.abs(scoreOf(2).crps - (1 / 6 + 1 / 12))).toBeLessThan(0.005);
    expect(Math.abs(scoreOf(16).fairCrps - 1 / 6)).toBeLessThan(0.005);
  });
});

describe('imputationBySignal', () => {
  const entries = {
    signals: ['heart rate', 'sodium', 'heart rate', 'sodium'],
    truth: [80, 140, 90, 138],
    imputed: [84, 139, 87, 139],
    samples: [
      [80, 88],
      [138, 140],
      [86, 88],
      [137, 141],
    ],
  };

  it('gives errors, bias, score and coverage of each signal, by hand', () => {
    const [heartRate, sodium] = imputationBySignal(entries);
    expect(heartRate).toMatchObject({ signal: 'heart rate', entries: 2, mae: 3.5, bias: 0.5 });
    expect(heartRate!.rmse).toBeCloseTo(Math.sqrt(12.5), 12);
    // 80 and 88 of 80: 4 - 2; 86 and 88 of 90: 3 - .5
    expect(heartRate!.distribution!.crps).toBe((2 + 2.5) / 2);
    // of two draws both intervals reach from one to the other: 80 to 88 holds 80, 86 to 88 misses 90
    expect(heartRate!.distribution).toMatchObject({ coverage50: 0.5, coverage90: 0.5 });
    // 138 to 140 holds 140, 137 to 141 holds 138
    expect(sodium!.distribution).toMatchObject({ coverage50: 1, coverage90: 1 });
  });

  it('leaves the distribution out where there are no samples, and refuses a column of another length', () => {
    const { signals, truth, imputed } = entries;
    expect(imputationBySignal({ signals, truth, imputed })[0]).not.toHaveProperty('distribution');
    expect(() => imputationBySignal({ ...entries, truth: [1] })).toThrow('1 entries of truth but 4 signals');
  });
});
