import { describe, expect, it } from '@jest/globals';
import { neighbourMortality } from './neighbour-mortality.js';

describe('neighbourMortality', () => {
  // on a line at 0, 1, 2, 10; those at 1 and 10 died
  const neighbours = Float32Array.of(0, 1, 2, 10);
  const labels = Float32Array.of(0, 1, 0, 1);
  const at = (points: number[], count: number): number[] => [
    ...neighbourMortality(Float32Array.from(points), neighbours, labels, 1, count),
  ];

  it('is the share of deaths among the nearest', () => {
    expect(at([-1, 9], 2)).toEqual([0.5, 0.5]);
    expect(at([-1, 9], 1)).toEqual([0, 1]);
    expect(at([2.1], 3)[0]).toBeCloseTo(1 / 3, 6);
  });

  it('asks all where there are fewer, and the first given of those equally near', () => {
    expect(at([5], 100)).toEqual([0.5]);
    // 0 and 2 are both 1 away from 1: the first of them counts beside the point itself
    expect(neighbourMortality(Float32Array.of(1), neighbours, Float32Array.of(1, 0, 0, 0), 1, 2)[0]).toBe(0.5);
    expect(neighbourMortality(Float32Array.of(1), neighbours, Float32Array.of(0, 0, 1, 0), 1, 2)[0]).toBe(0);
  });

  it('measures in all dimensions', () => {
    const square = Float32Array.of(0, 0, 3, 4, 0, 6);
    expect([...neighbourMortality(Float32Array.of(3, 5), square, Float32Array.of(0, 1, 0), 2, 1)]).toEqual([1]);
  });
});
