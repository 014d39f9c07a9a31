import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LiveBed } from '#wire';
import { riskPosition, riskTone } from '../../words/risk-words.js';
import { clearedContext } from '../draw/canvas-size.js';
import { palette } from '../draw/palette.js';
import { theme } from '../theme.js';

type TrendPoint = LiveBed['riskTrend'][number];

/** Room that the newest point's dot needs, CSS pixels. */
const EDGE_PX = 4;

/** Trend of a bed's risk by event time; a gap where a score was refused. The figures stand beside it as text. */
export function Sparkline({ trend, widthPx, heightPx }: SparklineProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = theme.value;
  useEffect(() => {
    if (canvas.current && widthPx > 0) draw(canvas.current, trend, widthPx, heightPx);
  }, [trend, widthPx, heightPx, shown]);
  return <canvas ref={canvas} aria-hidden="true" />;
}

interface SparklineProps {
  readonly trend: readonly TrendPoint[];
  readonly widthPx: number;
  readonly heightPx: number;
}

function draw(canvas: HTMLCanvasElement, trend: readonly TrendPoint[], widthPx: number, heightPx: number): void {
  const context = clearedContext(canvas, widthPx, heightPx);
  const known = trend.filter((point) => point.median !== undefined);
  const last = known.at(-1);
  if (!context || !last) return;
  const colours = palette();
  const tone = riskTone(last.median!);
  const colour = tone === 'high' ? colours.riskHigh : tone === 'mid' ? colours.riskMid : colours.riskLow;
  const place = placesOf(trend, known, widthPx, heightPx);
  context.beginPath();
  let isPenDown = false;
  for (const point of trend) {
    if (point.median === undefined) {
      isPenDown = false;
      continue;
    }
    const [x, y] = place(point);
    if (isPenDown) context.lineTo(x, y);
    else context.moveTo(x, y);
    isPenDown = true;
  }
  context.lineWidth = 1.6;
  context.lineJoin = 'round';
  context.strokeStyle = colour;
  context.stroke();
  const [x, y] = place(last);
  context.beginPath();
  context.arc(x, y, 2.6, 0, Math.PI * 2);
  context.fillStyle = colour;
  context.fill();
}

/** Maps points to pixels. The height spans at least 6 points of the axis, so that noise does not look like a storm. */
function placesOf(
  trend: readonly TrendPoint[],
  known: readonly TrendPoint[],
  widthPx: number,
  heightPx: number,
): (point: TrendPoint) => [number, number] {
  const levels = known.map((point) => riskPosition(point.median!));
  const middle = (Math.min(...levels) + Math.max(...levels)) / 2;
  const span = Math.max(0.06, Math.max(...levels) - Math.min(...levels));
  const fromMs = trend[0]!.atMs;
  const lengthMs = Math.max(1, trend.at(-1)!.atMs - fromMs);
  const width = widthPx - 2 * EDGE_PX;
  const height = heightPx - 2 * EDGE_PX;
  return (point) => [
    EDGE_PX + (trend.length === 1 ? 1 : (point.atMs - fromMs) / lengthMs) * width,
    EDGE_PX + (0.5 - (riskPosition(point.median!) - middle) / span) * height,
  ];
}
