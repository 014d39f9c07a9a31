import type { OutcomeGrid, WindowGrid } from '../../methods/window-grid.js';

/** Lengths that a network needs to know before it is built. */
export interface GridSize {
  readonly signals: number;
  readonly hours: number;
  readonly staticSize: number;
}

/** Some windows of a grid, as plain arrays. */
export interface WindowBatch extends GridSize {
  readonly count: number;
  /** [batch, signal, hour]; where the mask is 0: 0, or what an imputer put there. */
  readonly values: Float32Array;
  /** [batch, signal, hour] 1 measured, 0 missing. */
  readonly mask: Float32Array;
  /** [batch, static] */
  readonly static: Float32Array;
}

/** Windows of which the imputer is not shown everything that was measured. */
export interface HiddenBatch extends WindowBatch {
  /** [batch, signal, hour] 1 where a measured entry is hidden: 0 in `mask` and in `values`. */
  readonly hidden: Float32Array;
  /** [batch, signal, hour] measured values, the hidden ones too; 0 where missing. */
  readonly truth: Float32Array;
}

/** Windows with outcomes. */
export interface OutcomeBatch extends WindowBatch {
  /** [batch] 1 died, 0 survived. */
  readonly labels: Float32Array;
}

/** Which entries of one window are hidden: [signal, hour] of 1 and 0, given its mask [signal, hour]. */
export type HideEntries = (mask: Float32Array, hours: number, random: () => number) => Float32Array;

/** Lengths of a grid. */
export function sizeOfGrid({ signalIds, hours, staticSize }: WindowGrid): GridSize {
  return { signals: signalIds.length, hours, staticSize };
}

/** Copies the named windows out of a grid, imputed values included. */
export function takeWindows(grid: WindowGrid, rows: readonly number[]): WindowBatch {
  const size = sizeOfGrid(grid);
  const entries = size.signals * size.hours;
  return {
    ...size,
    count: rows.length,
    values: takeRows(grid.values, rows, entries),
    mask: takeRows(grid.mask, rows, entries),
    static: takeRows(grid.static, rows, size.staticSize),
  };
}

/** The same with outcomes. */
export function takeOutcomes(grid: OutcomeGrid, rows: readonly number[]): OutcomeBatch {
  return { ...takeWindows(grid, rows), labels: takeRows(grid.labels, rows, 1) };
}

/** The same with what was measured only: 0 wherever the mask is 0. */
export function takeMeasured(grid: WindowGrid, rows: readonly number[]): WindowBatch {
  const batch = takeWindows(grid, rows);
  return { ...batch, values: masked(batch.values, batch.mask) };
}

/** The same with some of the measured entries hidden, window by window. */
export function takeHidden(
  grid: WindowGrid,
  rows: readonly number[],
  hide: HideEntries,
  random: () => number,
): HiddenBatch {
  const batch = takeMeasured(grid, rows);
  const entries = batch.signals * batch.hours;
  const hidden = new Float32Array(batch.mask.length);
  for (let start = 0; start < hidden.length; start += entries)
    hidden.set(hide(batch.mask.slice(start, start + entries), batch.hours, random), start);
  const mask = batch.mask.map((measured, entry) => measured - hidden[entry]!);
  return { ...batch, values: masked(batch.values, mask), mask, hidden, truth: batch.values };
}

/** Runs of consecutive window indices, at most `length` each. */
export function consecutiveRows(count: number, length: number): number[][] {
  return Array.from({ length: Math.ceil(count / length) }, (_, run) =>
    Array.from({ length: Math.min(length, count - run * length) }, (__, at) => run * length + at),
  );
}

function takeRows(values: Float32Array, rows: readonly number[], width: number): Float32Array {
  const taken = new Float32Array(rows.length * width);
  rows.forEach((row, at) => taken.set(values.subarray(row * width, (row + 1) * width), at * width));
  return taken;
}

function masked(values: Float32Array, mask: Float32Array): Float32Array {
  return values.map((value, entry) => (mask[entry] === 1 ? value : 0));
}
