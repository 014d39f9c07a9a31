import { describe, expect, it } from '@jest/globals';
import type { WindowLabel, WindowStore } from './recorded-window.js';
import { withoutComputed } from './without-computed.js';

function storeOf(datasetIds: readonly string[], signals: readonly string[]): WindowStore {
  const labels = datasetIds.map((datasetId, index): WindowLabel => ({
    ...{ datasetId, stayId: `s${index}`, patientId: `p${index}`, part: 'test', hoursSinceAdmission: 24 },
    ...{ died: false, static: {} },
  }));
  const hours = 2;
  const values = Float32Array.from({ length: labels.length * signals.length * hours }, (_, entry) => entry);
  return { signals, hours, labels, values };
}

describe('withoutComputed', () => {
  it('takes out what a data set computed from another of the signals, in its own windows alone', () => {
    const store = storeOf(['challenge-2012', 'eicu-demo'], ['haemoglobin', 'haematocrit']);
    expect([...withoutComputed(store).values]).toEqual([NaN, NaN, 2, 3, 4, 5, 6, 7]);
    expect([...store.values]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('leaves a computed signal where nothing tells its value', () => {
    const store = storeOf(['challenge-2012'], ['haemoglobin', 'heart-rate']);
    expect(withoutComputed(store)).toBe(store);
  });
});
