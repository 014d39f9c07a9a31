import { describe, expect, it } from '@jest/globals';
import { lineAt } from './calibration.js';

const ANCHORS = [
  { hours: 24, slope: 1, intercept: 0 },
  { hours: 48, slope: 1.5, intercept: -0.4 },
];

describe('lineAt', () => {
  it.each([
    [4, 1, 0],
    [24, 1, 0],
    [30, 1.125, -0.1],
    [48, 1.5, -0.4],
    [200, 1.5, -0.4],
  ])('at %d hours has slope %d and intercept %d', (hours, slope, intercept) => {
    const line = lineAt(ANCHORS, hours);
    expect(line.slope).toBeCloseTo(slope, 12);
    expect(line.intercept).toBeCloseTo(intercept, 12);
  });

  it('of a single anchor is the same at all hours', () => {
    for (const hours of [0, 24, 100])
      expect(lineAt([ANCHORS[1]!], hours)).toMatchObject({ slope: 1.5, intercept: -0.4 });
  });
});
