import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DueState } from '../stays/stay-state.js';
import { decideDue, isSettled } from './decide-due.js';

const EVERY_MS = 300_000;
const calm = { eventTimeMs: 1_000_000, scorable: true, laboratory: false, loggedAtMs: 1_000_000 };
const scored: DueState = { lastDueAtMs: 1_000_000, scorable: true };

describe('decideDue', () => {
  it('is due at the first accepted observation', () => {
    expect(decideDue({ scorable: false }, { ...calm, scorable: false }, EVERY_MS).isDue).toBe(true);
  });

  it('is due when the event time has moved far enough, and not before', () => {
    expect(decideDue(scored, { ...calm, eventTimeMs: 1_299_999 }, EVERY_MS).isDue).toBe(false);
    const due = decideDue(scored, { ...calm, eventTimeMs: 1_300_000 }, EVERY_MS);
    expect(due).toEqual({ isDue: true, next: { lastDueAtMs: 1_300_000, scorable: true } });
  });

  it('is due when the first window above the floor is complete', () => {
    const under: DueState = { lastDueAtMs: 1_000_000, scorable: false };
    expect(decideDue(under, calm, EVERY_MS).isDue).toBe(true);
    expect(decideDue({ ...under, scorable: true }, calm, EVERY_MS).isDue).toBe(false);
  });

  it('waits with a laboratory result until the log has moved on, so that a panel is scored once', () => {
    const changed = decideDue(scored, { ...calm, laboratory: true, loggedAtMs: 2_000 }, EVERY_MS);
    expect(changed.isDue).toBe(false);
    expect(isSettled(changed.next, 2_000)).toBe(false);
    expect(isSettled(changed.next, 2_001)).toBe(true);
    expect(isSettled(scored, 9_999_999)).toBe(false);
  });

  it('forgets a laboratory change that is contained in a due window', () => {
    const changed: DueState = { ...scored, laboratoryChangedAtMs: 2_000 };
    const due = decideDue(changed, { ...calm, eventTimeMs: 1_300_000 }, EVERY_MS);
    expect(isSettled(due.next, 9_999_999)).toBe(false);
  });

  it('leaves scoreEvery between two due times, whatever the vital signs do', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 1 }), (steps) => {
        const dueTimes: number[] = [];
        let due: DueState = { scorable: true };
        let eventTimeMs = 0;
        for (const step of steps) {
          eventTimeMs += step;
          const decided = decideDue(due, { ...calm, eventTimeMs }, EVERY_MS);
          due = decided.next;
          if (decided.isDue) dueTimes.push(eventTimeMs);
        }
        dueTimes.slice(1).forEach((at, index) => expect(at - dueTimes[index]!).toBeGreaterThanOrEqual(EVERY_MS));
        expect(eventTimeMs - dueTimes.at(-1)!).toBeLessThan(EVERY_MS);
      }),
    );
  });
});
