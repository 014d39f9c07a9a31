import { describe, expect, it } from '@jest/globals';
import { hoursSinceObserved } from './hours-since-observed.js';

describe('hoursSinceObserved', () => {
  it('counts from the last measurement of the same row, and is at its most before the first', () => {
    const mask = Float32Array.of(0, 0, 1, 0, 0, /* next row */ 1, 1, 0, 1, 0, /* never */ 0, 0, 0, 0, 0);
    expect(hoursSinceObserved(mask, 5)).toEqual(Float32Array.of(5, 5, 0, 1, 2, 0, 0, 1, 0, 1, 5, 5, 5, 5, 5));
  });
});
