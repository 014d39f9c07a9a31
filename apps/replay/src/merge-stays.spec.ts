import { HOUR_MS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyStays, StaysSource } from '../../../test/support/replay/any-stays.js';
import { collectAll } from '../../../test/support/collect-all.js';
import { mergeStays } from './merge-stays.js';
import type { Placement } from './place-stay.js';
import { eventCount, eventTimeMs } from './stay-events.js';

const ANCHOR_MS = Date.UTC(2026, 0, 1);

function placement(staggerMs: number): Placement {
  return { anchorMs: ANCHOR_MS, staggerMs, wardSize: 3, stayIdPrefix: '' };
}

const staggers = fc.constantFrom(0, HOUR_MS / 2, 3 * HOUR_MS, 20 * HOUR_MS);

describe('merging stays', () => {
  it('gives every event of every stay once, in order of time over all stays', async () => {
    await fc.assert(
      fc.asyncProperty(anyStays(), staggers, async (stays, staggerMs) => {
        const events = await collectAll(mergeStays(new StaysSource(stays).source, placement(staggerMs)));
        const times = events.map(({ timeMs }) => timeMs);
        expect(times).toEqual([...times].sort((left, right) => left - right));
        for (const [index, original] of stays.entries()) {
          const own = events.filter(({ recorded }) => recorded.stay.stayId === original.stay.stayId);
          expect(own.map(({ position }) => position)).toEqual(
            Array.from({ length: eventCount(original) }, (_, at) => at),
          );
          expect(own.map(({ timeMs }) => timeMs - ANCHOR_MS - index * staggerMs)).toEqual(
            own.map(({ position }) => eventTimeMs(original, position)),
          );
        }
      }),
    );
  });

  it('reads a stay only when its admission is due', async () => {
    const [stays] = fc.sample(
      anyStays().filter(({ length }) => length >= 4),
      { numRuns: 1, seed: 1 },
    );
    const source = new StaysSource(stays!);
    let last = 0;
    for await (const { timeMs } of mergeStays(source.source, placement(20 * HOUR_MS))) {
      const due = Math.floor((timeMs - ANCHOR_MS) / (20 * HOUR_MS)) + 1;
      expect(source.read).toBeLessThanOrEqual(due);
      last = source.read;
    }
    expect(last).toBe(stays!.length);
  });

  it('fills the beds of one ward after the other', async () => {
    const [stays] = fc.sample(
      anyStays().filter(({ length }) => length >= 4),
      { numRuns: 1, seed: 2 },
    );
    const events = await collectAll(mergeStays(new StaysSource(stays!).source, placement(0)));
    const beds = new Set(events.map(({ recorded: { stay } }) => `${stay.stayId} ${stay.ward} ${stay.bed}`));
    expect([...beds].slice(0, 4).sort()).toEqual([
      'stay-0 ward-01 bed-01',
      'stay-1 ward-01 bed-02',
      'stay-2 ward-01 bed-03',
      'stay-3 ward-02 bed-01',
    ]);
  });
});
