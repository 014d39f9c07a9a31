import { HOUR_MS } from '#clinical';
import type { RiskScore } from '#wire';

/** An hour of the window without a measured value: what the model put there, in the signal's stored unit. */
export interface ImputedHour {
  readonly fromMs: number;
  readonly toMs: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The imputed hours of a signal in a score's window, oldest first; none when the release does not use the signal. */
export function imputedHours(score: RiskScore | undefined, signal: string): readonly ImputedHour[] {
  const imputed = score?.imputed.find((one) => one.signal === signal);
  if (!score || !imputed) return [];
  return imputed.median.flatMap((median, hour) => {
    const low = imputed.low[hour] ?? null;
    const high = imputed.high[hour] ?? null;
    if (median === null || low === null || high === null) return [];
    const fromMs = score.windowStartMs + hour * HOUR_MS;
    return [{ fromMs, toMs: fromMs + HOUR_MS, median, low, high }];
  });
}

/** Splits hours into runs without a gap between them: each is drawn as one band. */
export function imputedRuns(hours: readonly ImputedHour[]): ImputedHour[][] {
  const runs: ImputedHour[][] = [];
  for (const hour of hours) {
    const run = runs.at(-1);
    if (run && run.at(-1)!.toMs === hour.fromMs) run.push(hour);
    else runs.push([hour]);
  }
  return runs;
}

/** The imputed hour that a time falls in. */
export function imputedAt(hours: readonly ImputedHour[], atMs: number): ImputedHour | undefined {
  return hours.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
}
