import { describe, expect, it } from '@jest/globals';
import { widthsByThirds } from './interval-widths.js';

describe('widthsByThirds', () => {
  it('takes the mean width of the fullest, the middle and the emptiest third', () => {
    const thirds = widthsByThirds(
      {
        patients: ['a', 'b', 'c', 'd', 'e', 'f'],
        missing: [0.9, 0.1, 0.5, 0.2, 0.8, 0.4],
        risks: [0.4, 0.2, 0.2, 0.4, 0.6, 0.8],
        low: [0.1, 0.2, 0.1, 0.3, 0.2, 0.5],
        high: [0.5, 0.2, 0.3, 0.5, 0.8, 0.9],
      },
      7,
      50,
    );
    expect(thirds.map(({ windows, missing }) => [windows, ...missing])).toEqual([
      [2, 0.1, 0.2],
      [2, 0.4, 0.5],
      [2, 0.8, 0.9],
    ]);
    [0.3, 0.5, 0.5].forEach((mean, third) => expect(thirds[third]!.meanRisk).toBeCloseTo(mean, 12));
    // (0 + .2) / 2, (.4 + .2) / 2 and (.6 + .4) / 2.
    [0.1, 0.3, 0.5].forEach((mean, third) => expect(thirds[third]!.width.value).toBeCloseTo(mean, 12));
    // Odds of .2 and .8 are 1/4 and 4, of .1 and .5 are 1/9 and 1.
    expect(thirds[2]!.logOddsWidth.value).toBeCloseTo((Math.log(16) + Math.log(9)) / 2, 12);
    // A resample of two patients holds one of them twice, or both.
    expect(thirds[2]!.width.low).toBeCloseTo(0.4, 12);
    expect(thirds[2]!.width.high).toBeCloseTo(0.6, 12);
  });

  it('shares out what cannot be cut in three', () => {
    const sizes = (windows: number): number[] => {
      const same = Array.from({ length: windows }, () => 0.5);
      const found = widthsByThirds(
        { patients: [...same.keys()], missing: same, risks: same, low: same, high: same },
        7,
        10,
      );
      return found.map((third) => third.windows);
    };
    expect([sizes(0), sizes(1), sizes(2), sizes(7)]).toEqual([[], [1], [1, 1], [2, 3, 2]]);
  });
});
