import { HOUR_MS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../test/support/collect-all.js';
import { openDataset } from './open-dataset.js';

describe('a chosen data set', () => {
  it('is refused with a sentence when it is unknown or has no path', () => {
    expect(() => openDataset({ name: 'mimic-9' })).toThrow(/no data set "mimic-9"\. Known are challenge-2012/);
    expect(() => openDataset({ name: 'eicu-demo' })).toThrow(/eicu-demo needs the folder .* eicu-demo=PATH/);
  });

  it('gives only persons of the part of the split', async () => {
    const all = openDataset({ name: 'synthetic', syntheticStays: 40 });
    const parts = await Promise.all(
      (['train', 'validation', 'test'] as const).map((split) =>
        collectAll(openDataset({ name: 'synthetic', syntheticStays: 40, split }).stays()),
      ),
    );
    expect(parts.map(({ length }) => length > 0)).toEqual([true, true, true]);
    expect(parts.flat()).toHaveLength((await collectAll(all.stays())).length);
  });

  it('can be cut to its first hours, the end included', async () => {
    const { stays } = openDataset({ name: 'synthetic', syntheticStays: 1, maxHours: 5 });
    const [recorded] = await collectAll(stays());
    expect(recorded?.endedAtMs).toBe(5 * HOUR_MS);
    expect(recorded?.observations.at(-1)?.availableAtMs).toBeLessThanOrEqual(5 * HOUR_MS);
    expect(recorded?.observations.length).toBeGreaterThan(20);
  });
});
