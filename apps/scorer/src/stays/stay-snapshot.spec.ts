import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StayWindow, windowDigest } from '#windows';
import { ADMITTED_AT_MS, crowdedObservations } from '../../../../test/support/any-observations.js';
import { decodeStay, encodeEndedStay, encodeStay, StaySnapshotError } from './stay-snapshot.js';
import type { StayState } from './stay-state.js';

function state(window = new StayWindow(ADMITTED_AT_MS)): StayState {
  return {
    stay: { stayId: 'a', site: 's', ward: 'w', bed: 'b', admittedAtMs: ADMITTED_AT_MS, static: { ageYears: 61 } },
    window,
    due: { lastDueAtMs: 5, scorable: true, laboratoryChangedAtMs: 7 },
    nextOffset: 9_007_199_254_740_993n,
    lastRecordAtMs: 11,
  };
}

describe('stay snapshots', () => {
  it('read back as they were written', () => {
    fc.assert(
      fc.property(crowdedObservations(), (observations) => {
        const before = state();
        for (const observation of observations) before.window.merge(observation);
        const restored = decodeStay(encodeStay(before));
        if (restored.ended) throw new Error('expected a live stay');
        const { window, ...rest } = restored.state;
        expect(windowDigest(window)).toBe(windowDigest(before.window));
        expect({ ...rest, window: undefined }).toEqual({ ...before, window: undefined });
        expect(encodeStay(restored.state)).toEqual(encodeStay(before));
      }),
      { numRuns: 20 },
    );
  });

  it('remember that a stay has ended', () => {
    const ended = { stayId: 'a', endedAtMs: 3, nextOffset: 4n, lastRecordAtMs: 5 };
    expect(decodeStay(encodeEndedStay(ended))).toEqual({ ended: true, state: ended });
  });

  it('are refused when they are of another version, cut off or damaged', () => {
    const bytes = Buffer.from(encodeStay(state()));
    const other = Buffer.from(bytes);
    other.writeUInt16LE(9, 0);
    expect(() => decodeStay(other)).toThrow(StaySnapshotError);
    expect(() => decodeStay(other)).toThrow(
      'it has version 9; this build reads version 1. Run the build that wrote it',
    );
    expect(() => decodeStay(bytes.subarray(0, 20))).toThrow('cut off');
    expect(() => decodeStay(bytes.subarray(0, -3))).toThrow('window');
    bytes[8] = 0;
    expect(() => decodeStay(bytes)).toThrow('damaged');
    expect(() => decodeStay(new Uint8Array())).toThrow('version none');
  });
});
