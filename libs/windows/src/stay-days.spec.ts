import { DAY_MS, HOUR_MS, type Observation } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ADMITTED_AT_MS, anyObservation, crowdedObservations } from '../../../test/support/any-observations.js';
import { stayDays } from './stay-days.js';
import { StayWindow } from './stay-window.js';
import { windowObservations } from './window-observations.js';
import { windowDigest } from './window-snapshot.js';

function windowOf(observations: readonly Observation[], admittedAtMs = ADMITTED_AT_MS): StayWindow {
  const window = new StayWindow(admittedAtMs);
  for (const observation of observations) window.merge(observation);
  return window;
}

function heartRate(value: number, sinceAdmissionMs: number): Observation {
  const effectiveAtMs = ADMITTED_AT_MS + sinceAdmissionMs;
  return { signal: 'heart-rate', value, effectiveAtMs, availableAtMs: effectiveAtMs + 4_000, source: 'monitor' };
}

describe('windowObservations', () => {
  it('gives what was merged, to the second', () => {
    expect(windowObservations(windowOf([heartRate(80, HOUR_MS + 1_999)]))).toEqual([heartRate(80, HOUR_MS + 1_000)]);
  });

  it('makes the same window again', () => {
    fc.assert(
      fc.property(crowdedObservations(), (observations) => {
        const window = windowOf(observations);
        const again = windowObservations(windowOf(windowObservations(window)));
        expect(again).toEqual(windowObservations(window));
      }),
    );
  });

  it('can be joined to a stay that was admitted at another time, in any order and twice', () => {
    const other = ADMITTED_AT_MS - 100 * 60_000;
    fc.assert(
      fc.property(crowdedObservations(), crowdedObservations(), (prior, own) => {
        const left = windowObservations(windowOf(prior, other));
        const first = windowOf([...left, ...own]);
        const second = windowOf([...own, ...left, ...left]);
        expect(windowDigest(first)).toBe(windowDigest(second));
      }),
    );
  });
});

describe('stayDays', () => {
  it('puts each observation into its day since admission, the hours before it into day -1', () => {
    const days = stayDays(ADMITTED_AT_MS, [
      heartRate(3, 2 * DAY_MS),
      heartRate(1, -HOUR_MS),
      heartRate(2, DAY_MS - 1_000),
    ]);
    expect(days.map(({ day }) => day)).toEqual([-1, 0, 2]);
    expect(days.map(({ window }) => windowObservations(window).map(({ value }) => value))).toEqual([[1], [2], [3]]);
  });

  it('has no day for what is older than any live window', () => {
    expect(stayDays(ADMITTED_AT_MS, [heartRate(1, -24 * HOUR_MS), heartRate(1, -50 * HOUR_MS)])).toEqual([]);
  });

  it('depends neither on order nor on repetition, and loses nothing that the rolling window holds', () => {
    fc.assert(
      fc.property(fc.array(anyObservation(), { maxLength: 40 }), (observations) => {
        const days = stayDays(ADMITTED_AT_MS, observations);
        const turned = stayDays(ADMITTED_AT_MS, [...observations, ...observations].reverse());
        expect(turned.map(({ window }) => windowDigest(window))).toEqual(
          days.map(({ window }) => windowDigest(window)),
        );
        const kept = days.flatMap(({ window }) => windowObservations(window));
        const rolling = windowObservations(windowOf(observations));
        expect(kept).toEqual(expect.arrayContaining(rolling));
      }),
    );
  });
});
