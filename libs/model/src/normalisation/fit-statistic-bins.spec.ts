import { STATISTIC_FEATURES } from './statistics-encoder.js';
import { describe, expect, it } from '@jest/globals';
import { fitStatisticBins, type MeasuredWindow } from './fit-statistic-bins.js';

const HOURS = 4;
const BINS = 4;

/** A signal measured at every hour with one value, or at none. */
function constantWindow(value: number | undefined): MeasuredWindow {
  return {
    values: new Float32Array(HOURS).fill(value ?? 0),
    mask: new Float32Array(HOURS).fill(value === undefined ? 0 : 1),
  };
}

function binsOf(windows: readonly MeasuredWindow[]): (name: string, value: number) => number[] {
  const { scale, offset } = fitStatisticBins(windows.length, (index) => windows[index]!, HOURS, BINS);
  return (name, value) => {
    const from = STATISTIC_FEATURES.indexOf(name) * BINS;
    return Array.from({ length: BINS }, (_, bin) =>
      Math.min(1, Math.max(0, value * scale[from + bin]! + offset[from + bin]!)),
    );
  };
}

describe('fitStatisticBins', () => {
  it('cuts at quantiles: below a bin 0, above it 1, within it the share passed', () => {
    // 0, 1, 4, 9, 16: the quantiles of five values
    const piecesOf = binsOf([0, 1, 4, 9, 16].map(constantWindow));
    expect(piecesOf('last', 2.5).map((piece) => Math.fround(piece))).toEqual([1, 0.5, 0, 0]);
    expect(piecesOf('mean', 16)).toEqual([1, 1, 1, 1]);
    expect(piecesOf('min', -3)).toEqual([0, 0, 0, 0]);
    expect(piecesOf('max', 99)).toEqual([1, 1, 1, 1]);
  });

  it('leaves windows out in which a statistic cannot be known, but counts their count', () => {
    const piecesOf = binsOf([constantWindow(2), constantWindow(undefined), constantWindow(6)]);
    // the unmeasured window's mean of 0 would have been the least
    expect(piecesOf('mean', 2).every((piece) => piece === 0)).toBe(true);
    expect(piecesOf('count', 0).every((piece) => piece === 0)).toBe(true);
    expect(Math.max(...piecesOf('count', 1))).toBe(1);
  });

  it('has no bins for what never changes, nor for what was never measured', () => {
    const constant = binsOf([constantWindow(3), constantWindow(3.0001), constantWindow(3)]);
    expect(constant('mean', 50)).toEqual([0, 0, 0, 0]);
    expect(binsOf([constantWindow(undefined)])('last', 50)).toEqual([0, 0, 0, 0]);
  });

  it('looks at windows from all over when there are more than it keeps', () => {
    const looked: number[] = [];
    const windowOf = (index: number): MeasuredWindow => {
      looked.push(index);
      return constantWindow(1);
    };
    fitStatisticBins(60_000, windowOf, HOURS, 1);
    expect(looked).toHaveLength(20_000);
    expect(looked.at(-1)).toBe(59_997);
  });
});
