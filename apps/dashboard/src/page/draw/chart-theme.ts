import type uPlot from 'uplot';
import { clockTime, dayAndTime } from '../../words/age-words.js';
import { DAY_MS, HOUR_MS } from '#clinical';
import { palette } from './palette.js';

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Axes of every chart: hours below, few values at the left, lines that stay behind the data. */
export function chartAxes(words: (value: number) => string): uPlot.Axis[] {
  const colours = palette();
  const common = {
    stroke: colours.inkFaint,
    font: FONT,
    grid: { stroke: colours.line, width: 1 },
    ticks: { show: false },
  };
  return [
    { ...common, size: 19, space: 54, gap: 4, values: (_, times) => timeWords(times) },
    { ...common, size: 42, space: 26, gap: 6, values: (_, values) => values.map(words) },
  ];
}

/** Hours as text; the day as well where the marks are days apart. */
function timeWords(times: readonly number[]): string[] {
  const stepMs = (times[1] ?? 0) - (times[0] ?? 0);
  if (stepMs >= DAY_MS / 2) return times.map((atMs) => dayAndTime(atMs).replace(/ 00:00$/, ''));
  return times.map(clockTime);
}

/** Steps between marks of the time axis, milliseconds. */
export const TIME_STEPS = [1, 2, 3, 4, 6, 12, 24, 48, 96, 192, 384].map((hours) => hours * HOUR_MS);

/** A colour with an opacity, both as a canvas wants them. */
export function faded(colour: string, opacity: number): string {
  return `color-mix(in srgb, ${colour} ${Math.round(opacity * 100)}%, transparent)`;
}
