import type { JSX } from 'preact';
import type { LiveStay } from '#wire';
import { HOUR_MS } from '#clinical';
import { nearestPoint } from '../../live/chart-points.js';
import { imputedAt, type ImputedHour } from '../../live/imputed-hours.js';
import type { TrendPoint } from '../../live/trend-series.js';
import { clockTime } from '../../words/age-words.js';
import { signalLimits, valueWords } from '../../words/signal-words.js';
import { pointedMs } from '../draw/time-chart.js';
import { live } from '../live-store.js';
import { Age } from '../ward/age.js';

/** What a readout reads from. */
interface ReadoutProps {
  readonly signal: string;
  readonly newest: LiveStay['newest'][number] | undefined;
  readonly points: readonly TrendPoint[];
  readonly hours: readonly ImputedHour[];
}

/** A measured point is read out within this distance of the pointer, milliseconds. */
const REACH_MS = HOUR_MS / 2;

/** The newest value and its age, or, while a chart is pointed at, what stood there and whether it was measured or imputed. */
export function SignalReadout(props: ReadoutProps): JSX.Element {
  const atMs = pointedMs.value;
  return atMs === undefined ? <Newest {...props} /> : <Pointed {...props} atMs={atMs} />;
}

function Newest({ signal, newest }: ReadoutProps): JSX.Element {
  const { clockMs } = live.value;
  if (!newest) return <Age ageMs={undefined} />;
  const ageMs = clockMs === undefined ? undefined : Math.max(0, clockMs - newest.effectiveAtMs);
  return (
    <>
      <b class="number">{valueWords(signal, newest.value)}</b>
      <Age ageMs={ageMs} limits={signalLimits(signal)} />
    </>
  );
}

function Pointed({ signal, points, hours, atMs }: ReadoutProps & { readonly atMs: number }): JSX.Element {
  const point = nearestPoint(points, atMs, REACH_MS);
  const hour = imputedAt(hours, atMs);
  if (point) {
    return (
      <>
        <b class="number">{valueWords(signal, point.value)}</b>
        <span class="readout-measured number">measured {clockTime(point.atMs)}</span>
      </>
    );
  }
  if (hour) {
    return (
      <>
        <b class="number readout-imputed">{valueWords(signal, hour.median)}</b>
        <span class="readout-imputed number">
          imputed {valueWords(signal, hour.low)}–{valueWords(signal, hour.high)}
        </span>
      </>
    );
  }
  return <span class="quiet number">nothing at {clockTime(atMs)}</span>;
}
