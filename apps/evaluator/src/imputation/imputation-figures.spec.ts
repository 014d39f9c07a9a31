import type { WindowGrid } from '#baselines';
import { intervalCoverage, normalisedCrps } from '#evaluation';
import { randomOf } from '#training';
import { describe, expect, it } from '@jest/globals';
import { HiddenEntries } from './imputation-figures.js';

const ENTRIES = 60;
const SAMPLES = 19;

/** One window of one signal whose entries are all hidden. */
function hiddenWindow(truth: Float32Array): WindowGrid {
  return {
    ...{ count: 1, signalIds: ['heart-rate'], hours: truth.length, staticSize: 0, values: truth, stored: truth },
    ...{ mask: truth.map(() => 1), static: new Float32Array(), stays: [{ static: {}, hoursSinceAdmission: 24 }] },
  };
}

describe('HiddenEntries', () => {
  const random = randomOf('hidden entries');
  const truths = [0, 1].map(() => Float32Array.from({ length: ENTRIES }, () => random() - 0.5));
  const draws = [0, 1].map(() =>
    Array.from({ length: SAMPLES }, () => Float32Array.from({ length: ENTRIES }, () => random() - 0.5)),
  );
  const entries = new HiddenEntries();
  truths.forEach((truth, at) =>
    entries.add(
      hiddenWindow(truth),
      truth.map(() => 1),
      { values: new Float32Array(ENTRIES), samples: draws[at]! },
    ),
  );
  const truth = truths.flatMap((one) => [...one]);
  const samples = draws.flatMap((one) =>
    truths[0]!.reduce<number[][]>((all, _, at) => [...all, one.map((s) => s[at]!)], []),
  );

  it('has the score and the coverage of all windows together', () => {
    const { crps, coverage50, coverage90, entries: count } = entries.figures(undefined, 2, 0);
    expect(count).toBe(2 * ENTRIES);
    expect(crps).toBeCloseTo(normalisedCrps(samples, truth), 12);
    expect(coverage50).toBe(intervalCoverage(samples, truth, 0.5));
    expect(coverage90).toBe(intervalCoverage(samples, truth, 0.9));
  });

  it('keeps the very interval whose coverage is printed: of 19 samples the least and the greatest', () => {
    const { low, high } = entries.interval!;
    samples.forEach((own, at) => {
      expect(low[at]).toBe(Math.min(...own));
      expect(high[at]).toBe(Math.max(...own));
    });
    const inside = truth.filter((value, at) => value >= low[at]! && value <= high[at]!).length;
    expect(inside / truth.length).toBe(entries.figures(undefined, 2, 0).coverage90);
  });

  it('has no interval where a method draws no samples', () => {
    const single = new HiddenEntries();
    single.add(
      hiddenWindow(truths[0]!),
      truths[0]!.map(() => 1),
      { values: new Float32Array(ENTRIES) },
    );
    expect(single.interval).toBeUndefined();
    const { crps, coverage90 } = single.figures(undefined, 1, 0);
    // Every quantile of one point is the point: twice the mean of .05 to .95 times the error, over the values themselves.
    expect(crps).toBeCloseTo(1, 12);
    expect(coverage90).toBeUndefined();
  });
});
