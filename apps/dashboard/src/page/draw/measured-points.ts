import type uPlot from 'uplot';
import type { TrendPoint } from '../../live/trend-series.js';
import { faded } from './chart-theme.js';
import { palette } from './palette.js';

/** Largest and smallest radius of a measured point, CSS pixels: dense trends get smaller dots. */
const LARGEST_PX = 2.8;
const SMALLEST_PX = 1.5;

/** Draws measured values: filled dots, and for a bucket of several observations a stroke from its lowest to its highest. */
export function drawMeasured(chart: uPlot, points: readonly TrendPoint[]): void {
  const { ctx, bbox } = chart;
  const { min, max } = chart.scales['x']!;
  const shown = points.filter(({ atMs }) => atMs >= (min ?? 0) && atMs <= (max ?? 0));
  const roomPx = bbox.width / devicePixelRatio / Math.max(1, shown.length);
  const radius = Math.min(LARGEST_PX, Math.max(SMALLEST_PX, roomPx * 0.42)) * devicePixelRatio;
  const colour = palette().measured;
  ctx.save();
  ctx.fillStyle = colour;
  ctx.strokeStyle = faded(colour, 0.5);
  ctx.lineWidth = devicePixelRatio;
  for (const { atMs, value, low, high, count } of shown) {
    const x = chart.valToPos(atMs, 'x', true);
    ctx.beginPath();
    if (count > 1) {
      ctx.moveTo(x, chart.valToPos(low, 'y', true));
      ctx.lineTo(x, chart.valToPos(high, 'y', true));
      ctx.stroke();
      ctx.beginPath();
    }
    ctx.arc(x, chart.valToPos(value, 'y', true), radius, 0, Math.PI * 2);
    ctx.fill();
  }
  ctx.restore();
}
