import { HOUR_MS, MINUTE_MS, type Observation } from '#clinical';
import { decodeWindow, encodeWindow, StayWindow, windowDigest } from '#windows';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ADMITTED_AT_MS, crowdedObservations } from '../support/any-observations.js';

/**
 * # Chapter 3: Order does not matter
 *
 * A laboratory result drawn at 08:00 may arrive at 09:20, after forty heart rates. The window it leaves behind is the same as if it
 * had come on time, because every slot keeps its latest observation and forgets how it got there. That is why a restart may read
 * records again, and why a replay may be compared with the live run byte by byte.
 */
describe('Chapter 3: order does not matter', () => {
  const heartRates = Array.from({ length: 40 }, (_, minute): Observation => {
    const effectiveAtMs = ADMITTED_AT_MS + HOUR_MS + minute * MINUTE_MS;
    return { signal: 'heart-rate', value: 80 + minute, effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor' };
  });
  const lactate: Observation = {
    signal: 'lactate',
    value: 4.2,
    effectiveAtMs: ADMITTED_AT_MS + HOUR_MS,
    availableAtMs: ADMITTED_AT_MS + HOUR_MS + 80 * MINUTE_MS,
    source: 'laboratory',
  };

  it('leaves the same window whether the laboratory is quick or slow', () => {
    expect(windowDigest(windowOf([...heartRates, lactate]))).toBe(windowDigest(windowOf([lactate, ...heartRates])));
  });

  it('leaves the same window when a restart reads records again', () => {
    const before = windowOf(heartRates);
    const restarted = decodeWindow(encodeWindow(before));
    for (const observation of [...heartRates.slice(25), lactate]) restarted.merge(observation);
    expect(windowDigest(restarted)).toBe(windowDigest(windowOf([...heartRates, lactate])));
  });

  it('leaves the same window for every order of arrival', () => {
    fc.assert(
      fc.property(crowdedObservations(), (observations) => {
        expect(windowDigest(windowOf([...observations].reverse()))).toBe(windowDigest(windowOf(observations)));
      }),
    );
  });
});

function windowOf(observations: readonly Observation[]): StayWindow {
  const window = new StayWindow(ADMITTED_AT_MS);
  for (const observation of observations) window.merge(observation);
  return window;
}
