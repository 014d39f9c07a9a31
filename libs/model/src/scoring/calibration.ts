import type { LogisticLine } from '#evaluation';

/** Platt's line on the log odds of the risk network for windows that end about some hours after admission. */
export interface CalibrationAnchor extends LogisticLine {
  readonly hours: number;
}

/**
 * The line by which a window's log odds are calibrated: between two anchors slope and intercept change evenly, before the first and
 * after the last they stay.
 *
 * @param anchors at least one, by ascending hours
 */
export function lineAt(anchors: readonly CalibrationAnchor[], hoursSinceAdmission: number): LogisticLine {
  const after = anchors.findIndex(({ hours }) => hours > hoursSinceAdmission);
  const [first, last] = [anchors[0]!, anchors.at(-1)!];
  if (after === 0) return first;
  if (after < 0) return last;
  const [low, high] = [anchors[after - 1]!, anchors[after]!];
  const share = (hoursSinceAdmission - low.hours) / (high.hours - low.hours);
  const between = (from: number, to: number): number => from + share * (to - from);
  return { slope: between(low.slope, high.slope), intercept: between(low.intercept, high.intercept) };
}
