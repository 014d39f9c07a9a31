import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeWindow, StayWindow, windowDigest } from '#windows';
import { ADMITTED_AT_MS, crowdedObservations } from '../../../../test/support/any-observations.js';
import { decodeStay, encodeEndedStay, encodeGivenUpStay, encodeStay, StaySnapshotError } from './stay-snapshot.js';
import { without } from '../steps/without.js';
import type { EndedStay, StayState } from './stay-state.js';

function state(window = new StayWindow(ADMITTED_AT_MS)): StayState {
  return {
    stay: { stayId: 'a', site: 's', ward: 'w', bed: 'b', admittedAtMs: ADMITTED_AT_MS, static: { ageYears: 61 } },
    window,
    due: { lastDueAtMs: 5, scorable: true, laboratoryChangedAtMs: 7 },
    ...{ priorStayIds: ['before'], lifeAtMs: 9, reopenedAtMs: 8, withdrawn: true },
    nextOffset: 9_007_199_254_740_993n,
    lastRecordAtMs: 11,
  };
}

/** A snapshot as version 1 wrote it. */
function firstVersion(head: object, window: Uint8Array = Buffer.alloc(0)): Uint8Array {
  const json = Buffer.from(JSON.stringify(head));
  const prefix = Buffer.alloc(6);
  prefix.writeUInt16LE(1, 0);
  prefix.writeUInt32LE(json.length, 2);
  return Buffer.concat([prefix, json, window]);
}

describe('stay snapshots', () => {
  it('read back as they were written', () => {
    fc.assert(
      fc.property(crowdedObservations(), (observations) => {
        const before = state();
        for (const observation of observations) before.window.merge(observation);
        const restored = decodeStay(encodeStay(before));
        if (restored.kind !== 'live') throw new Error('expected a live stay');
        const { window, ...rest } = restored.state;
        expect(windowDigest(window)).toBe(windowDigest(before.window));
        expect({ ...rest, window: undefined }).toEqual({ ...before, window: undefined });
        expect(encodeStay(restored.state)).toEqual(encodeStay(before));
      }),
      { numRuns: 20 },
    );
  });

  it('remember that a stay has ended, with and without its window', () => {
    const end = { endedAtMs: 3, outcome: 'died' as const, outcomeKnownAtMs: 4, disposition: 'died' as const };
    const ended: EndedStay = { ...state(), end };
    const restored = decodeStay(encodeEndedStay(ended));
    if (restored.kind !== 'ended') throw new Error('expected a stay that has ended');
    expect(windowDigest(restored.state.window!)).toBe(windowDigest(ended.window!));
    const departed = without(ended, 'window');
    expect(decodeStay(encodeEndedStay(departed))).toEqual({ kind: 'ended', state: departed });
  });

  it('remember a stay that was given up, and whom it was merged into', () => {
    const merged = { stayId: 'a', fate: 'merged' as const, survivorStayId: 'b', withdrawn: false };
    const givenUp = { ...merged, nextOffset: 4n, lastRecordAtMs: 5 };
    expect(decodeStay(encodeGivenUpStay(givenUp))).toEqual({ kind: 'given-up', state: givenUp });
  });

  it('of version 1 are read: live stays whole, of ended ones that they ended', () => {
    const { stay, due, window, lastRecordAtMs } = state();
    const live = firstVersion({ state: 'live', stay, due, nextOffset: '6', lastRecordAtMs }, encodeWindow(window));
    expect(decodeStay(live)).toMatchObject({
      kind: 'live',
      state: { stay, due, nextOffset: 6n, lastRecordAtMs, priorStayIds: [], lifeAtMs: 0, withdrawn: false },
    });
    const ended = firstVersion({ state: 'ended', stayId: 'a', endedAtMs: 3, nextOffset: '4', lastRecordAtMs: 5 });
    expect(decodeStay(ended)).toEqual({
      kind: 'given-up',
      state: { stayId: 'a', fate: 'ended', withdrawn: false, nextOffset: 4n, lastRecordAtMs: 5 },
    });
  });

  it('are refused when they are of another version, cut off or damaged', () => {
    const bytes = Buffer.from(encodeStay(state()));
    const other = Buffer.from(bytes);
    other.writeUInt16LE(9, 0);
    expect(() => decodeStay(other)).toThrow(StaySnapshotError);
    expect(() => decodeStay(other)).toThrow(
      'it has version 9; this build reads versions 1 and 2. Run the build that wrote it',
    );
    expect(() => decodeStay(bytes.subarray(0, 20))).toThrow('cut off');
    expect(() => decodeStay(bytes.subarray(0, -3))).toThrow('window');
    bytes[8] = 0;
    expect(() => decodeStay(bytes)).toThrow('damaged');
    expect(() => decodeStay(new Uint8Array())).toThrow('version none');
  });
});
