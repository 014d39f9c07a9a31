import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LiveServerFrame } from '#wire';
import { bedWith, helloOf, snapshotOf, updateOf } from '../../../../test/support/live-frames.js';
import { applyFrames } from './apply-frames.js';
import { NOTHING_YET, withoutStay } from './live-state.js';
import { WARD_SUBSCRIPTION } from './subscriptions.js';

const ward = (...stays: string[]): LiveServerFrame =>
  snapshotOf(
    WARD_SUBSCRIPTION,
    stays.map((stayId) => bedWith({ stayId })),
  );

describe('applyFrames', () => {
  it('replaces all beds by a snapshot of the ward', () => {
    const state = applyFrames(NOTHING_YET, [helloOf('a'), ward('s1', 's2'), ward('s2', 's3')]);
    expect([...state.beds.keys()]).toEqual(['s2', 's3']);
  });

  it('keeps the other beds at a snapshot of a stay', () => {
    const state = applyFrames(NOTHING_YET, [
      helloOf('a'),
      ward('s1', 's2'),
      snapshotOf('stay-1', [bedWith({ stayId: 's2', sequence: 4 })], {
        stays: [{ stayId: 's2', sequence: 4, newest: [] }],
      }),
    ]);
    expect(state.beds.size).toBe(2);
    expect(state.stays.get('s2')?.sequence).toBe(4);
  });

  it('merges what was resumed and drops what left', () => {
    const state = applyFrames(NOTHING_YET, [
      helloOf('a'),
      ward('s1', 's2'),
      {
        ...snapshotOf(WARD_SUBSCRIPTION, [bedWith({ stayId: 's3' })], { sequence: 9 }),
        type: 'resumed',
        removed: ['s1'],
      },
    ]);
    expect([...state.beds.keys()]).toEqual(['s2', 's3']);
    expect(state.positions.get(WARD_SUBSCRIPTION)).toEqual({ epoch: 'a', sequence: 9 });
  });

  it('moves by an update only the positions of subscriptions that have started on this connection', () => {
    const ofStay = (sequence: number): LiveServerFrame =>
      snapshotOf('stay-1', [bedWith({ stayId: 's1', sequence })], { sequence });
    const before = applyFrames(NOTHING_YET, [helloOf('a'), ward('s1'), ofStay(5), updateOf(7, [])]);
    const again = applyFrames(before, [helloOf('a'), ward('s1'), updateOf(9, [])]);
    expect([...again.positions].map(([name, { sequence }]) => [name, sequence])).toEqual([
      [WARD_SUBSCRIPTION, 9],
      ['stay-1', 7],
    ]);
    const whole = applyFrames(again, [ofStay(9), updateOf(10, [])]);
    expect([...whole.positions.values()].map(({ sequence }) => sequence)).toEqual([10, 10]);
  });

  it('does not let an older summary replace a newer one', () => {
    const newer = bedWith({ stayId: 's1', sequence: 5, bed: 'newer' });
    const older = bedWith({ stayId: 's1', sequence: 4, bed: 'older' });
    const state = applyFrames(NOTHING_YET, [helloOf('a'), ward('s1'), updateOf(5, [newer]), updateOf(6, [older])]);
    expect(state.beds.get('s1')?.bed).toBe('newer');
  });

  it('lets any summary of another epoch replace what is held', () => {
    const before = applyFrames(NOTHING_YET, [helloOf('a'), updateOf(50, [bedWith({ stayId: 's1', sequence: 50 })])]);
    const after = applyFrames(before, [
      helloOf('b'),
      updateOf(2, [bedWith({ stayId: 's1', sequence: 2, bed: 'new' })]),
    ]);
    expect(after.beds.get('s1')?.bed).toBe('new');
  });

  it('moves the positions of this epoch forward with every update', () => {
    const state = applyFrames(NOTHING_YET, [helloOf('a'), ward('s1'), updateOf(12, [])]);
    expect(state.positions.get(WARD_SUBSCRIPTION)).toEqual({ epoch: 'a', sequence: 12 });
    const restarted = applyFrames(state, [helloOf('b'), updateOf(1, [])]);
    expect(restarted.positions.get(WARD_SUBSCRIPTION)).toEqual({ epoch: 'a', sequence: 12 });
  });

  it('keeps the clock while frames without one arrive', () => {
    const state = applyFrames(NOTHING_YET, [helloOf('a', { clockMs: 77 }), updateOf(1, [])]);
    expect(state.clockMs).toBe(77);
  });

  it('never changes the state it is given', () => {
    const state = applyFrames(NOTHING_YET, [helloOf('a'), ward('s1')]);
    applyFrames(state, [updateOf(3, [bedWith({ stayId: 's9', sequence: 3 })], { removed: ['s1'] })]);
    expect([...state.beds.keys()]).toEqual(['s1']);
  });

  it('gives the same state however frames are batched', () => {
    const frame = fc.oneof(
      fc.constantFrom<LiveServerFrame>(helloOf('a'), helloOf('b'), ward('s1', 's2')),
      fc
        .record({ stay: fc.constantFrom('s1', 's2', 's3'), sequence: fc.nat(20), isGone: fc.boolean() })
        .map(({ stay, sequence, isGone }) =>
          updateOf(sequence, isGone ? [] : [bedWith({ stayId: stay, sequence })], { removed: isGone ? [stay] : [] }),
        ),
    );
    fc.assert(
      fc.property(fc.array(frame), fc.nat(), (frames, cut) => {
        const at = frames.length === 0 ? 0 : cut % frames.length;
        const whole = applyFrames(NOTHING_YET, frames);
        const split = applyFrames(applyFrames(NOTHING_YET, frames.slice(0, at)), frames.slice(at));
        expect(split).toEqual(whole);
      }),
    );
  });

  it('forgets the detail and position of a stay that is no longer looked at', () => {
    const opened = applyFrames(NOTHING_YET, [
      helloOf('a'),
      snapshotOf('stay-1', [bedWith({ stayId: 's1' })], { stays: [{ stayId: 's1', sequence: 1, newest: [] }] }),
    ]);
    const closed = withoutStay(opened, 's1', 'stay-1');
    expect([closed.stays.size, closed.positions.size, closed.beds.size]).toEqual([0, 0, 1]);
  });
});
