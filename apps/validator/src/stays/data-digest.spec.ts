import { describe, expect, it } from '@jest/globals';
import { readDataset, type RecordedStay } from '#datasets';
import { collectAll } from '../../../../test/support/collect-all.js';
import { DataDigest } from './data-digest.js';
import { factsOfStay } from './facts-of-stay.js';

describe('the digest of what is validated on', () => {
  const digestOf = (stays: readonly RecordedStay[]): string => {
    const digest = new DataDigest();
    for (const recorded of stays) digest.take({ recorded, facts: factsOfStay(recorded, recorded) });
    return digest.hex();
  };

  it('is of the values and of the outcomes, not of their number', async () => {
    const [first, second] = await collectAll(readDataset({ id: 'synthetic', stays: 2, vitalEveryMinutes: 240 }));
    const [one, ...rest] = first!.observations;
    const changed = { ...first!, observations: [{ ...one!, value: one!.value + 1 }, ...rest] };
    const outcome = first!.outcome === 'died' ? 'survived' : 'died';
    const all = [
      [first!, second!],
      [changed, second!],
      [{ ...first!, outcome } as const, second!],
      [second!, first!],
    ].map(digestOf);
    expect(new Set(all).size).toBe(4);
    expect(digestOf([first!, second!])).toBe(all[0]);
  });
});
