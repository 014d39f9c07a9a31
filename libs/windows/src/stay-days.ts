import { DAY_MS, type Observation } from '#clinical';
import { StayWindow } from './stay-window.js';

/** A stay's whole past, a window for each 24 hours since admission. */
export interface StayDay {
  /** 0 is the first 24 hours since admission; -1 the hours before it, as far back as a live window would hold them. */
  readonly day: number;
  /** Holds the observations of this day and no others. */
  readonly window: StayWindow;
}

/**
 * Puts the observations of a stay into day windows, with the very slots that the stay's rolling window has: the order and the repetition of
 * the observations change nothing. Days without an observation are left out; the rest stand oldest first.
 */
export function stayDays(admittedAtMs: number, observations: Iterable<Observation>): StayDay[] {
  const windows = new Map<number, StayWindow>();
  for (const observation of observations) {
    const day = Math.floor((observation.effectiveAtMs - admittedAtMs) / DAY_MS);
    if (day < -1) continue;
    let window = windows.get(day);
    if (window === undefined) windows.set(day, (window = new StayWindow(admittedAtMs)));
    window.merge(observation);
  }
  return [...windows]
    .filter(([, { eventTimeMs }]) => eventTimeMs !== undefined)
    .map(([day, window]) => ({ day, window }))
    .sort((one, other) => one.day - other.day);
}
