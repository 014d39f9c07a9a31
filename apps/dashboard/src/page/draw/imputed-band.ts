import type uPlot from 'uplot';
import { imputedRuns, type ImputedHour } from '../../live/imputed-hours.js';
import { faded } from './chart-theme.js';
import { palette } from './palette.js';

/** Width of a tile of the hatching, CSS pixels. */
const TILE_PX = 6;

/**
 * Draws what the model imputed, behind what was measured: for each run of hours a hatched 5-95 % band and the median as a line. The ends
 * of a run are flat: the value stands for the whole hour.
 */
export function drawImputed(chart: uPlot, hours: readonly ImputedHour[]): void {
  const { ctx, bbox } = chart;
  const colour = palette().imputed;
  const hatching = hatch(ctx, colour);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const run of imputedRuns(hours)) {
    const band = new Path2D();
    trace(chart, band, run, ({ high }) => high, false);
    trace(chart, band, [...run].reverse(), ({ low }) => low, true);
    band.closePath();
    ctx.fillStyle = faded(colour, 0.1);
    ctx.fill(band);
    ctx.fillStyle = hatching;
    ctx.fill(band);
    const median = new Path2D();
    trace(chart, median, run, (hour) => hour.median, false);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.stroke(median);
  }
  ctx.restore();
}

/** A line through the middles of a run's hours, flat from the first one's edge and to the last one's. */
function trace(
  chart: uPlot,
  path: Path2D,
  run: readonly ImputedHour[],
  level: (hour: ImputedHour) => number,
  goesOn: boolean,
): void {
  const x = (atMs: number): number => chart.valToPos(atMs, 'x', true);
  const y = (hour: ImputedHour): number => chart.valToPos(level(hour), 'y', true);
  const first = run[0]!;
  const last = run.at(-1)!;
  const isBackward = first.fromMs > last.fromMs;
  const start = isBackward ? first.toMs : first.fromMs;
  const end = isBackward ? last.fromMs : last.toMs;
  if (goesOn) path.lineTo(x(start), y(first));
  else path.moveTo(x(start), y(first));
  for (const hour of run) path.lineTo(x((hour.fromMs + hour.toMs) / 2), y(hour));
  path.lineTo(x(end), y(last));
}

function hatch(context: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const side = Math.round(TILE_PX * devicePixelRatio);
  const tile = document.createElement('canvas');
  tile.width = side;
  tile.height = side;
  const pen = tile.getContext('2d')!;
  pen.strokeStyle = faded(colour, 0.55);
  pen.lineWidth = devicePixelRatio;
  pen.beginPath();
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift, side);
    pen.lineTo(shift + side, 0);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat') ?? faded(colour, 0.2);
}
