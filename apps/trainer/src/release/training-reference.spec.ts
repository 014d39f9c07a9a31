import { logOdds, probabilityOfLogOdds } from '#evaluation';
import type { WindowLabel, WindowStore } from '#training';
import { describe, expect, it } from '@jest/globals';
import { fitReference } from './training-reference.js';

/** Windows of two hours; the last value of heart rate is the number of the window, lactate is measured in every fourth. */
function storeOf(windows: number): WindowStore {
  const labels = Array.from({ length: windows }, (_, index): WindowLabel => ({
    ...{ datasetId: 'made-up', stayId: `s${index}`, patientId: `p${index}`, died: false, static: {} },
    part: index < 100 ? 'train' : 'validation',
    hoursSinceAdmission: 4 + (index % 45),
  }));
  const values = labels.flatMap((_, index) => [
    ...[index % 2 === 0 ? 999 : index, index % 2 === 0 ? index : Number.NaN],
    ...[index % 4 === 0 ? 1 : Number.NaN, Number.NaN],
  ]);
  return {
    signals: ['heart-rate', 'lactate', 'sodium'].slice(0, 2),
    hours: 2,
    labels,
    values: Float32Array.from(values),
  };
}

describe('fitReference', () => {
  it('keeps last values and missingness of training windows as edges and shares', () => {
    const reference = fitReference(storeOf(140), [], [{ hours: 24, slope: 1, intercept: 0 }])!;
    expect(reference).toMatchObject({ windows: 100, hours: { from: 4, to: 48 } });
    expect(reference.signals['lactate']).toEqual({ shareMissing: 0.75, values: 25, edges: [1], shares: [1, 0] });
    // 0 to 99 in ten bins: quantiles at 9.9, 19.8 and so on
    const heartRate = reference.signals['heart-rate']!;
    expect(heartRate.shareMissing).toBe(0);
    expect(heartRate.edges[0]).toBeCloseTo(9.9, 4);
    expect(heartRate.shares).toEqual(Array(10).fill(0.1));
  });

  it('keeps the risks of scored windows as they are served: calibrated by the hour', () => {
    const scored = [100, 101, 102, 103].map((index, at) => ({ index, risk: 0.1 + 0.2 * at }));
    const { risk } = fitReference(storeOf(140), scored, [{ hours: 24, slope: 2, intercept: -1 }])!;
    expect(risk.values).toBe(4);
    const lowest = probabilityOfLogOdds(2 * logOdds(0.1) - 1);
    const next = probabilityOfLogOdds(2 * logOdds(0.3) - 1);
    // the first decile of four values lies three tenths of the way from the lowest to the next
    expect(risk.edges[0]).toBeCloseTo(lowest + 0.3 * (next - lowest), 5);
  });

  it('has nothing to say without training windows', () => {
    const store = storeOf(3);
    const labels = store.labels.map((label) => ({ ...label, part: 'validation' as const }));
    expect(fitReference({ ...store, labels }, [], [{ hours: 24, slope: 1, intercept: 0 }])).toBeUndefined();
  });
});
