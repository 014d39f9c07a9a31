import { describe, expect, it } from '@jest/globals';
import { SkippingClock } from '../../../test/support/replay/skipping-clock.js';
import { ReplayPace } from './replay-pace.js';

describe('the pace of a replay', () => {
  it('lets a simulated minute last a tenth of a second at speed 600', () => {
    const clock = new SkippingClock(5000);
    const pace = new ReplayPace(clock, 600, 0);
    expect(pace.waitMs(60_000)).toBe(100);
    clock.advance(40);
    expect(pace.waitMs(60_000)).toBe(60);
    clock.advance(100);
    expect(pace.waitMs(60_000)).toBe(0);
  });

  it('waits for nothing before its start and for nothing at all without a bound', () => {
    const clock = new SkippingClock(5000);
    expect(new ReplayPace(clock, 1, 1000).waitMs(1000)).toBe(0);
    expect(new ReplayPace(clock, Infinity, 0).waitMs(1e12)).toBe(0);
  });

  it('stands still in a pause, and a pause before the first event costs nothing', () => {
    const clock = new SkippingClock(0);
    const pace = new ReplayPace(clock, 1, 0);
    pace.stand();
    clock.advance(500);
    pace.run();
    expect(pace.waitMs(100)).toBe(100);
    clock.advance(30);
    pace.stand();
    clock.advance(10_000);
    expect(pace.waitMs(100)).toBe(70);
    pace.run();
    clock.advance(20);
    expect(pace.waitMs(100)).toBe(50);
  });
});
