import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import { HOUR_MS, type SignalId } from '#clinical';
import type { LiveStay, RiskScore } from '#wire';
import { chartColumns } from '../../live/chart-points.js';
import { imputedHours } from '../../live/imputed-hours.js';
import type { TrendPoint } from '../../live/trend-series.js';
import { valueRange } from '../../live/value-range.js';
import { signalName, signalUnit, valueWords } from '../../words/signal-words.js';
import { faded } from '../draw/chart-theme.js';
import { drawImputed } from '../draw/imputed-band.js';
import { drawMeasured } from '../draw/measured-points.js';
import { palette } from '../draw/palette.js';
import { TimeChart } from '../draw/time-chart.js';
import { SignalReadout } from './signal-readout.js';

/** What a signal's card is drawn from. */
export interface SignalCardProps {
  readonly signal: SignalId;
  readonly points: readonly TrendPoint[];
  readonly newest: LiveStay['newest'][number] | undefined;
  readonly score: RiskScore | undefined;
  readonly timeRange: readonly [number, number];
}

const CHART_PX = 116;

/** Measured points are joined by a line up to this distance, milliseconds: an hourly chart, with some lateness. */
const JOINED_WITHIN_MS = 1.5 * HOUR_MS;

/** One signal of the stay: newest value with its age, and its trend, measured and imputed apart. */
export function SignalCard({ signal, points, newest, score, timeRange }: SignalCardProps): JSX.Element {
  const card = useRef<HTMLElement>(null);
  const isNear = useNear(card);
  const hours = useMemo(
    () => imputedHours(score, signal),
    [score?.windowDigest, score?.releaseId, score?.dueAtMs, signal],
  );
  const data = useMemo(() => chartColumns(points, JOINED_WITHIN_MS) as uPlot.AlignedData, [points]);
  const before = useMemo(() => (chart: uPlot) => drawImputed(chart, hours), [hours]);
  const after = useMemo(() => (chart: uPlot) => drawMeasured(chart, points), [points]);
  const range = valueRange(signal, points, hours, timeRange);
  return (
    <article class="signal-card" ref={card} aria-label={signalName(signal)}>
      <header>
        <h3>
          {signalName(signal)} <span class="quiet">{signalUnit(signal)}</span>
        </h3>
        <p class="signal-readout live-value">
          <SignalReadout signal={signal} newest={newest} points={points} hours={hours} />
        </p>
      </header>
      {isNear ? (
        <TimeChart
          heightPx={CHART_PX}
          data={data}
          series={measuredLine}
          timeRange={timeRange}
          valueRange={range}
          valueWords={(value) => valueWords(signal, value)}
          before={before}
          after={after}
        />
      ) : (
        <div style={{ height: `${CHART_PX}px` }} />
      )}
    </article>
  );
}

/** A faint line joins measured values that follow each other closely; the dots are drawn over it. */
function measuredLine(): uPlot.Series[] {
  return [{ stroke: faded(palette().measured, 0.45), width: 1.2, points: { show: false }, spanGaps: false }];
}

/** Whether an element has come near the sight, so that charts far below are not drawn. Once near, it stays so for the card's life. */
function useNear(element: { readonly current: Element | null }): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        setNear(true);
        observer.disconnect();
      },
      { rootMargin: '300px' },
    );
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return isNear;
}
