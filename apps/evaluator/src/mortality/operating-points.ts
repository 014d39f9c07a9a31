/** What alarms at a threshold would mean. */
export interface OperatingPoint {
  /** A window is flagged from this risk on. */
  readonly threshold: number;
  /** Share of deaths that are flagged. */
  readonly sensitivity: number;
  /** Share of flagged windows whose patient died. */
  readonly positivePredictiveValue: number;
  /** Share of all windows that are flagged. */
  readonly flagged: number;
}

/** Every distinct threshold, highest first, equal risks flagged together. */
export function operatingPoints(risks: ArrayLike<number>, labels: ArrayLike<number>): OperatingPoint[] {
  const order = Array.from({ length: risks.length }, (_, row) => row).sort((a, b) => risks[b]! - risks[a]!);
  const deaths = order.reduce((sum, row) => sum + labels[row]!, 0);
  const points: OperatingPoint[] = [];
  let found = 0;
  order.forEach((row, at) => {
    found += labels[row]!;
    if (at + 1 < order.length && risks[order[at + 1]!] === risks[row]) return;
    points.push({
      threshold: risks[row]!,
      sensitivity: found / deaths,
      positivePredictiveValue: found / (at + 1),
      flagged: (at + 1) / order.length,
    });
  });
  return points;
}

/** The highest threshold that catches a share of the deaths; undefined without deaths. */
export function pointCatching(points: readonly OperatingPoint[], share: number): OperatingPoint | undefined {
  return points.find(({ sensitivity }) => sensitivity >= share);
}

/**
 * Greatest min(sensitivity, positive predictive value) over all thresholds: Event 1 of the PhysioNet/CinC Challenge 2012 (Silva et al.,
 * Comput Cardiol 2012;39:245), with the threshold that suits these data best. NaN without deaths.
 */
export function bestMinimum(points: readonly OperatingPoint[]): number {
  const minima = points.map(({ sensitivity, positivePredictiveValue }) =>
    Math.min(sensitivity, positivePredictiveValue),
  );
  return minima.reduce((best, minimum) => (minimum > best || Number.isNaN(minimum) ? minimum : best), -Infinity);
}
