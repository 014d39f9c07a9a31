import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { HOUR_MS, SIGNAL_SETS } from '#clinical';
import { readDataset, shiftStay, type RecordedStay } from '#datasets';
import { windowsOfStay } from '#training';
import { TrainingSet } from '#training-set';
import { collectAll } from '../support/collect-all.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { completedStay } from '../support/training-set/completed-stays.js';

const RECORDINGS = join(import.meta.dirname, '../../../test/recordings');
const SIGNALS = SIGNAL_SETS['icu-36'];
const ADMITTED_AT_MS = Date.UTC(2026, 9, 5, 7, 13, 21, 456);

/** Windows at every third hour, and the last at the end of the stay. */
function windowsOf(stay: RecordedStay): ReturnType<typeof windowsOfStay> {
  const hours = (stay.endedAtMs! - stay.stay.admittedAtMs) / HOUR_MS;
  const ends = Array.from({ length: Math.floor(hours / 3) }, (_, third) => third * 3 + 1);
  return windowsOfStay(stay, SIGNALS, [...ends, hours]);
}

/**
 * A slot keeps one value, so a result that came later hides an earlier one of the same slot from the hours in between: one bin in some twenty thousand.
 * Nothing can appear before it was available, and at the end of the stay the windows are the same to the bit.
 */
describe('recorded stays that went through the training set', () => {
  it('give a trainer the windows that they gave the scorer', async () => {
    await using folder = await temporaryFolder();
    const recorded = (await collectAll(readDataset({ id: 'recordings', path: RECORDINGS }))).map((stay) =>
      shiftStay(stay, ADMITTED_AT_MS),
    );
    const set = await TrainingSet.open({ folder: folder.path });
    const changes = recorded.map(({ stay, observations, endedAtMs }) => {
      const facts = { admittedAtMs: stay.admittedAtMs, endedAtMs: endedAtMs!, static: stay.static };
      return { kind: 'completed' as const, stay: completedStay(stay.stayId, facts, observations) };
    });
    await set.apply(changes);
    const local = await collectAll(readDataset({ id: 'local', path: folder.path }));
    expect(local.map(({ stay }) => stay.stayId)).toEqual(recorded.map(({ stay }) => stay.stayId).sort());
    let bins = 0;
    let different = 0;
    for (const stay of local) {
      const before = windowsOf(recorded.find((one) => one.stay.stayId === stay.stay.stayId)!);
      const after = windowsOf(stay);
      expect(after.at(-1)).toEqual(before.at(-1));
      for (const [at, { values, mask }] of before.entries()) {
        const learned = after[at]!;
        expect(learned.mask.some((measured, bin) => measured > mask[bin]!)).toBe(false);
        values.forEach(
          (value, bin) => (different += Number(value !== learned.values[bin] || mask[bin] !== learned.mask[bin])),
        );
        bins += values.length;
      }
    }
    expect(bins).toBeGreaterThan(100_000);
    expect(different / bins).toBeLessThan(1e-4);
  });
});
