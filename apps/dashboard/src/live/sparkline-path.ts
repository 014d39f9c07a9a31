import type { LiveBed } from '#wire';
import { SCORES_JOINED_WITHIN_MS } from './trend-series.js';
import { riskPosition } from '../words/risk-words.js';

type TrendPoint = LiveBed['riskTrend'][number];

/** A trend as paths in a box of {@link SPARK_WIDTH} by {@link SPARK_HEIGHT}: its line, and the place of its newest score. */
export interface SparklinePath {
  readonly line: string;
  /** A stroke without length: drawn with round ends it is a dot of any size. */
  readonly dot: string;
}

/** Size of the box that paths are drawn in. */
export const SPARK_WIDTH = 100;
export const SPARK_HEIGHT = 32;

/** Room for the dot at the edges. */
const EDGE = 4;

/** The height spans at least this much of the risk axis, so that noise does not look like a storm. */
const LEAST_SPAN = 0.06;

/** The paths of a bed's trend of risk; a gap where a score was refused or none came for long; undefined when there is no score. */
export function sparklinePath(trend: readonly TrendPoint[]): SparklinePath | undefined {
  const levels = trend.flatMap(({ median }) => (median === undefined ? [] : [riskPosition(median)]));
  if (levels.length === 0) return undefined;
  const lowest = Math.min(...levels);
  const highest = Math.max(...levels);
  const span = Math.max(LEAST_SPAN, highest - lowest);
  const fromMs = trend[0]!.atMs;
  const lengthMs = trend.at(-1)!.atMs - fromMs;
  const x = (atMs: number): number =>
    EDGE + (lengthMs === 0 ? 1 : (atMs - fromMs) / lengthMs) * (SPARK_WIDTH - 2 * EDGE);
  const y = (level: number): number =>
    EDGE + (0.5 - (level - (lowest + highest) / 2) / span) * (SPARK_HEIGHT - 2 * EDGE);
  let line = '';
  let dot = '';
  let isPenDown = false;
  let lastMs = fromMs;
  for (const { atMs, median } of trend) {
    if (median === undefined) {
      isPenDown = false;
      continue;
    }
    const place = `${x(atMs).toFixed(1)} ${y(riskPosition(median)).toFixed(1)}`;
    line += `${isPenDown && atMs - lastMs <= SCORES_JOINED_WITHIN_MS ? 'L' : 'M'}${place}`;
    dot = `M${place}h0`;
    isPenDown = true;
    lastMs = atMs;
  }
  return { line, dot };
}
