import { HOUR_MS, MINUTE_MS, type Observation } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ADMITTED_AT_MS, crowdedObservations } from '../../../test/support/any-observations.js';
import { StayWindow } from './stay-window.js';
import { windowDigest } from './window-snapshot.js';

function windowOf(observations: readonly Observation[]): StayWindow {
  const window = new StayWindow(ADMITTED_AT_MS);
  for (const observation of observations) window.merge(observation);
  return window;
}

function heartRate(value: number, sinceAdmissionMs: number, more: Partial<Observation> = {}): Observation {
  const effectiveAtMs = ADMITTED_AT_MS + sinceAdmissionMs;
  return { signal: 'heart-rate', value, effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor', ...more };
}

describe('StayWindow is a join-semilattice', () => {
  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(crowdedObservations(), fc.infiniteStream(fc.nat()), (observations, seeds) => {
        const shuffled = observations
          .map((observation) => ({ observation, rank: seeds.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ observation }) => observation);
        expect(windowDigest(windowOf(shuffled))).toBe(windowDigest(windowOf(observations)));
      }),
    );
  });

  it('does not depend on repetition', () => {
    fc.assert(
      fc.property(crowdedObservations(), (observations) => {
        const again = windowOf([...observations, ...observations]);
        expect(windowDigest(again)).toBe(windowDigest(windowOf(observations)));
      }),
    );
  });

  it('is the same when the input is split and the parts are joined, in either direction', () => {
    fc.assert(
      fc.property(crowdedObservations(), crowdedObservations(), (left, right) => {
        const whole = windowDigest(windowOf([...left, ...right]));
        const leftFirst = windowOf(left);
        leftFirst.join(windowOf(right));
        const rightFirst = windowOf(right);
        rightFirst.join(windowOf(left));
        expect([windowDigest(leftFirst), windowDigest(rightFirst)]).toEqual([whole, whole]);
      }),
    );
  });

  it('is the same when parts are joined in another grouping, and joining with itself changes nothing', () => {
    fc.assert(
      fc.property(crowdedObservations(), crowdedObservations(), crowdedObservations(), (a, b, c) => {
        const left = windowOf(a);
        left.join(windowOf(b));
        left.join(windowOf(c));
        const tail = windowOf(b);
        tail.join(windowOf(c));
        const right = windowOf(a);
        right.join(tail);
        const itself = windowOf(a);
        itself.join(windowOf(a));
        expect(windowDigest(left)).toBe(windowDigest(right));
        expect(windowDigest(itself)).toBe(windowDigest(windowOf(a)));
      }),
    );
  });
});

describe('StayWindow', () => {
  it('names what became of an observation', () => {
    const window = new StayWindow(ADMITTED_AT_MS);
    const at = 30 * HOUR_MS + 62_000;
    expect(window.merge(heartRate(80, at))).toBe('applied');
    expect(window.merge(heartRate(80, at))).toBe('duplicate');
    expect(window.merge(heartRate(90, at - 1000))).toBe('outranked');
    expect(window.merge(heartRate(70, at + 1000))).toBe('applied');
    expect(window.merge(heartRate(70, 7 * HOUR_MS - 1))).toBe('late');
    expect(window.merge(heartRate(70, 7 * HOUR_MS))).toBe('applied');
  });

  it('prefers the later available, then the stronger source, then the greater value', () => {
    const window = new StayWindow(ADMITTED_AT_MS);
    const effectiveAtMs = ADMITTED_AT_MS + MINUTE_MS;
    window.merge(heartRate(80, MINUTE_MS));
    window.merge(heartRate(60, MINUTE_MS, { availableAtMs: effectiveAtMs + 4000 }));
    expect(window.latest('heart-rate')?.value).toBe(60);
    window.merge(heartRate(50, MINUTE_MS, { availableAtMs: effectiveAtMs + 4000, source: 'device' }));
    expect(window.latest('heart-rate')).toEqual({ value: 50, effectiveAtMs, source: 'device' });
    window.merge(heartRate(55, MINUTE_MS, { availableAtMs: effectiveAtMs + 4000, source: 'device' }));
    expect(window.latest('heart-rate')?.value).toBe(55);
  });

  it('forgets what leaves the window, also after a long silence', () => {
    const window = windowOf([heartRate(80, HOUR_MS), heartRate(81, 25 * HOUR_MS - 1)]);
    expect(window.latest('heart-rate')?.value).toBe(81);
    window.merge({ ...heartRate(37, 400 * HOUR_MS), signal: 'temperature' });
    expect(window.latest('heart-rate')).toBeUndefined();
    expect(window.windowStartMs).toBe(ADMITTED_AT_MS + 377 * HOUR_MS);
  });

  it('holds values from before admission until the first day has passed', () => {
    const window = windowOf([heartRate(80, -2 * HOUR_MS)]);
    expect(window.endHour).toBe(0);
    expect(window.latest('heart-rate')?.effectiveAtMs).toBe(ADMITTED_AT_MS - 2 * HOUR_MS);
    expect(window.merge(heartRate(80, -24 * HOUR_MS))).toBe('late');
  });

  it('refuses values that are no numbers, and windows of another stay', () => {
    const window = new StayWindow(ADMITTED_AT_MS);
    expect(() => window.merge(heartRate(Number.NaN, 0))).toThrow('finite');
    expect(() => window.join(new StayWindow(0))).toThrow('different admission times');
  });
});
