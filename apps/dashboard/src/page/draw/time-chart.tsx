import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { theme } from '../theme.js';
import { chartAxes, TIME_STEPS } from './chart-theme.js';

/** The time under the pointer on any chart of the stay; undefined when there is none. */
export const pointedMs = signal<number | undefined>(undefined);

/** What a chart over time is drawn from. Drawn again when `data`, a range or `marks` is another object. */
export interface TimeChartProps {
  readonly heightPx: number;
  readonly data: uPlot.AlignedData;
  /** One for each column of `data` after the times. */
  readonly series: () => uPlot.Series[];
  readonly timeRange: readonly [fromMs: number, toMs: number];
  readonly valueRange: readonly [low: number, high: number];
  readonly valueWords: (value: number) => string;
  /** Draws behind the series. */
  readonly before?: (chart: uPlot) => void;
  /** Draws before the series. */
  readonly after?: (chart: uPlot) => void;
}

/** Charts of one stay share their pointer under this name. */
const SHARED_POINTER = 'stay';

/** Smallest change of the pointed time that is told, milliseconds: charts of other widths answer with rounding. */
const POINTER_STEP_MS = 60_000;

/** A chart over time; its values stand beside it as text, so it is hidden from screen readers. */
export function TimeChart(props: TimeChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const shownTheme = theme.value;
  useEffect(() => {
    const made = makeChart(place.current!, latest);
    chart.current = made;
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry!.contentRect.width);
      if (width > 0 && width !== made.width) made.setSize({ width, height: latest.current.heightPx });
    });
    observer.observe(place.current!);
    return () => {
      observer.disconnect();
      made.destroy();
      chart.current = undefined;
    };
  }, [shownTheme]);
  useEffect(
    () => chart.current?.setData(props.data),
    [
      props.data,
      props.before,
      props.after,
      props.timeRange[0],
      props.timeRange[1],
      props.valueRange[0],
      props.valueRange[1],
      shownTheme,
    ],
  );
  return <div class="time-chart" ref={place} aria-hidden="true" style={{ height: `${props.heightPx}px` }} />;
}

function makeChart(place: HTMLElement, latest: { readonly current: TimeChartProps }): uPlot {
  const [times, values] = chartAxes((value) => latest.current.valueWords(value));
  const options: uPlot.Options = {
    width: Math.max(60, place.clientWidth),
    height: latest.current.heightPx,
    ms: 1,
    padding: [6, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: false, y: false, setScale: false },
      sync: { key: SHARED_POINTER, scales: ['x', null] },
    },
    scales: {
      x: { time: true, range: () => [...latest.current.timeRange] as [number, number] },
      y: { range: () => [...latest.current.valueRange] as [number, number] },
    },
    axes: [{ ...times!, incrs: TIME_STEPS }, values!],
    series: [{}, ...latest.current.series()],
    hooks: {
      drawAxes: [(chart) => latest.current.before?.(chart)],
      draw: [(chart) => latest.current.after?.(chart)],
      setCursor: [tellPointer],
    },
  };
  return new uPlot(options, latest.current.data, place);
}

function tellPointer(chart: uPlot): void {
  const left = chart.cursor.left ?? -1;
  if (left < 0) {
    pointedMs.value = undefined;
    return;
  }
  const atMs = chart.posToVal(left, 'x');
  const held = pointedMs.peek();
  if (held === undefined || Math.abs(held - atMs) >= POINTER_STEP_MS) pointedMs.value = atMs;
}
