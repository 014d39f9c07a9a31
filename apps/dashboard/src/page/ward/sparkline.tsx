import type { JSX } from 'preact';
import type { LiveBed } from '#wire';
import { SPARK_HEIGHT, SPARK_WIDTH, sparklinePath } from '../../live/sparkline-path.js';
import { riskTone } from '../../words/risk-words.js';

/** Trend of a bed's risk by event time. The figures stand beside it as text. */
export function Sparkline({ trend }: { readonly trend: LiveBed['riskTrend'] }): JSX.Element | null {
  const path = sparklinePath(trend);
  const newest = trend.findLast(({ median }) => median !== undefined)?.median;
  if (!path || newest === undefined) return null;
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`}
      preserveAspectRatio="none"
      data-tone={riskTone(newest)}
      aria-hidden="true"
    >
      <path d={path.line} />
      <path d={path.dot} class="sparkline-dot" />
    </svg>
  );
}
