import { describe, expect, it } from '@jest/globals';
import { costFrom } from './training-cost.js';

describe('costFrom', () => {
  it('adds the time of this run to that of earlier ones, without the pause between them', () => {
    let nowMs = 5_000;
    const cost = costFrom({ elapsedMs: 700 }, () => nowMs);
    nowMs += 40;
    expect(cost()).toEqual({ elapsedMs: 740 });
  });

  it('keeps the memory of the run that had most', () => {
    let peak = 900;
    const cost = costFrom(
      { elapsedMs: 0, memoryPeakMb: 1_689 },
      () => 0,
      () => peak,
    );
    expect(cost().memoryPeakMb).toBe(1_689);
    peak = 2_000;
    expect(cost().memoryPeakMb).toBe(2_000);
    expect(
      costFrom(
        undefined,
        () => 0,
        () => peak,
      )().memoryPeakMb,
    ).toBe(2_000);
  });
});
