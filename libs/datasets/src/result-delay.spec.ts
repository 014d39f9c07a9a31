import { MINUTE_MS, type SignalId } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { ResultDelay } from './result-delay.js';

const DRAWS = 4000;

function quantilesMinutes(signal: SignalId): [median: number, percentile90: number] {
  const delay = new ResultDelay(7);
  const sorted = Array.from({ length: DRAWS }, (_, stay) => delay.delayMs(`stay-${stay}`, signal, 3_600_000)).sort(
    (left, right) => left - right,
  );
  return [sorted[DRAWS / 2]! / MINUTE_MS, sorted[0.9 * DRAWS]! / MINUTE_MS];
}

describe('the simulated delay of laboratory results', () => {
  it.each([
    ['haemoglobin', 46, 118],
    ['sodium', 79, 159],
    ['potassium', 79, 158],
    ['glucose', 77, 143],
    ['pao2', 3, 8],
    ['creatinine', 79, 159],
  ] as const)('has the median and 90th percentile of %s: %d and %d minutes', (signal, median, percentile90) => {
    const [medianDrawn, percentile90Drawn] = quantilesMinutes(signal);
    expect(Math.abs(medianDrawn / median - 1)).toBeLessThan(0.06);
    expect(Math.abs(percentile90Drawn / percentile90 - 1)).toBeLessThan(0.08);
  });

  it('is none for vital signs and seven hours at most for anything', () => {
    const delay = new ResultDelay(7);
    expect(delay.delayMs('a', 'heart-rate', 0)).toBe(0);
    const longest = Math.max(...Array.from({ length: DRAWS }, (_, at) => delay.delayMs('a', 'sodium', at)));
    expect(longest).toBeLessThan(7 * 60 * MINUTE_MS);
  });

  it('depends on seed, stay and time alone, not on what was asked before', () => {
    const asked = new ResultDelay(1);
    for (let at = 0; at < 50; at += 1) asked.delayMs('other', 'sodium', at);
    const delayMs = asked.delayMs('a', 'sodium', 1000);
    expect(new ResultDelay(1).delayMs('a', 'sodium', 1000)).toBe(delayMs);
    expect(new ResultDelay(2).delayMs('a', 'sodium', 1000)).not.toBe(delayMs);
    expect(new ResultDelay(1).delayMs('b', 'sodium', 1000)).not.toBe(delayMs);
    expect(new ResultDelay(1).delayMs('a', 'sodium', 1001)).not.toBe(delayMs);
  });

  it('is one for the values of one tube', () => {
    const delay = new ResultDelay(1);
    const of = (signal: SignalId) => delay.delayMs('a', signal, 5000);
    expect(of('platelets')).toBe(of('haemoglobin'));
    expect(of('creatinine')).toBe(of('sodium'));
    expect(of('paco2')).toBe(of('arterial-ph'));
    expect(Math.abs(of('glucose') / of('sodium') - 1)).toBeLessThan(0.4);
  });

  it('keeps the draws it has given so far', () => {
    const delay = new ResultDelay(2012);
    const draws = [delay.delayMs('c2012-1', 'sodium', 0), delay.delayMs('c2012-1', 'pao2', 60_000)];
    expect(draws).toEqual([3_819_000, 112_000]);
  });
});
