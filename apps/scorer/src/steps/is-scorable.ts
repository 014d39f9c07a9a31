import { HOUR_MS } from '#clinical';
import type { RiskScore } from '#wire';
import type { StayWindow } from '#windows';
import type { ReleaseFacts } from '../inference/window-scorer.js';

/** Share of the release's signals that were measured at least once in the window. */
export function completenessOf(window: StayWindow, release: ReleaseFacts): number {
  const measured = release.signals.filter((signal) => window.latest(signal) !== undefined);
  return measured.length / release.signals.length;
}

/** Why a window is under the release's floor, or undefined when it may be scored. */
export function refusalOf(
  window: StayWindow,
  release: ReleaseFacts,
  knownCompleteness?: number,
): RiskScore['refusedBecause'] {
  const hours = ((window.eventTimeMs ?? window.admittedAtMs) - window.admittedAtMs) / HOUR_MS;
  return floorRefusal(hours, knownCompleteness ?? (() => completenessOf(window, release)), release);
}

/** The same from its two numbers; the second may be one that is only computed when it matters. */
export function floorRefusal(
  hours: number,
  completeness: number | (() => number),
  { floor }: ReleaseFacts,
): RiskScore['refusedBecause'] {
  if (hours < floor.hoursSinceAdmission) return 'too-early';
  const known = typeof completeness === 'number' ? completeness : completeness();
  return known < floor.completeness ? 'too-little-data' : undefined;
}
