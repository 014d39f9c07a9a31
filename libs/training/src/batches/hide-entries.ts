/** How entries are hidden from the imputer: single points, some hours of all signals, or all hours of some signals. */
export type HidingPattern = 'points' | 'hours' | 'signals';

/** Share of windows with each pattern in training; the rest has random points. */
const HOURS_SHARE = 0.25;
const SIGNALS_SHARE = 0.25;
const POINT_RATES = [0.05, 0.7] as const;
const BLOCK_HOURS = [2, 10] as const;
const HIDDEN_SIGNALS = [1, 8] as const;

/** Draws one of the patterns as training mixes them. */
export function drawPattern(random: () => number): HidingPattern {
  const draw = random();
  if (draw < HOURS_SHARE) return 'hours';
  return draw < HOURS_SHARE + SIGNALS_SHARE ? 'signals' : 'points';
}

/**
 * Hides measured entries of one window.
 *
 * @param mask [signal, hour]; 1 measured
 * @param rate of random points, in [0, 1]; drawn between 5 and 70 % when absent
 * @returns    [signal, hour]; 1 where a measured entry is hidden
 */
export function hideEntries(
  mask: Float32Array,
  hours: number,
  pattern: HidingPattern,
  random: () => number,
  rate?: number,
): Float32Array {
  if (pattern === 'points') {
    const share = rate ?? between(POINT_RATES, random());
    return mask.map((measured) => (measured === 1 && random() < share ? 1 : 0));
  }
  if (pattern === 'hours') {
    const length = Math.floor(between(BLOCK_HOURS, random()));
    const first = Math.floor(random() * (hours - length + 1));
    return mask.map((measured, entry) => {
      const hour = entry % hours;
      return measured === 1 && hour >= first && hour < first + length ? 1 : 0;
    });
  }
  const signals = mask.length / hours;
  const chosen = new Set(
    Array.from({ length: Math.floor(between(HIDDEN_SIGNALS, random())) }, () => Math.floor(random() * signals)),
  );
  return mask.map((measured, entry) => (measured === 1 && chosen.has(Math.floor(entry / hours)) ? 1 : 0));
}

function between([low, high]: readonly [number, number], share: number): number {
  return low + (high - low) * share;
}
