import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '#clinical';
import type { LiveStay } from '#wire';
import { chartColumns, nearestPoint } from './chart-points.js';
import { groupSignals } from './signal-groups.js';
import { riskBefore, withGaps, withNews, type StayPast, type TrendPoint } from './trend-series.js';
import { valueRange } from './value-range.js';

const point = (atMs: number, value: number): TrendPoint => ({ atMs, value, low: value, high: value, count: 1 });

const heartRate = (effectiveAtMs: number, value: number): LiveStay => ({
  stayId: 's1',
  sequence: 1,
  newest: [{ signal: 'heart-rate', value, effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor' }],
});

const past: StayPast = {
  stayId: 's1',
  signals: new Map([
    ['heart-rate', [point(1_000, 80)]],
    ['lactate', [point(500, 2)]],
  ]),
  risk: [],
};

describe('withNews', () => {
  it('appends a newer observation once', () => {
    const once = withNews(past, heartRate(2_000, 95));
    const twice = withNews(once, heartRate(2_000, 95));
    expect(twice.signals.get('heart-rate')?.map(({ value }) => value)).toEqual([80, 95]);
  });

  it('leaves the arrays of signals without news untouched, so that they are not drawn again', () => {
    const next = withNews(past, heartRate(2_000, 95));
    expect(next.signals.get('lactate')).toBe(past.signals.get('lactate'));
  });

  it('does not append what the past already holds', () => {
    expect(withNews(past, heartRate(1_000, 80)).signals.get('heart-rate')).toHaveLength(1);
  });
});

describe('riskBefore', () => {
  const risk = { median: 0.2, low: 0.1, high: 0.3 };
  const scores = [{ atMs: 10 * HOUR_MS, releaseId: 'r', risk, completeness: 1 }];

  it('gives the last risk up to a time, unless it is too long before', () => {
    expect(riskBefore(scores, 11 * HOUR_MS)).toBe(risk);
    expect(riskBefore(scores, 13 * HOUR_MS)).toBeUndefined();
    expect(riskBefore(scores, 9 * HOUR_MS)).toBeUndefined();
  });
});

describe('withGaps', () => {
  it('parts scores that are too far from each other, and only those', () => {
    const at = (hours: number): StayPast['risk'][number] => ({
      atMs: hours * HOUR_MS,
      releaseId: 'r',
      news2: 4,
      completeness: 1,
    });
    const parted = withGaps([at(0), at(1), at(9), at(10)]);
    expect(parted.map(({ news2 }) => news2)).toEqual([4, 4, undefined, 4, 4]);
  });
});

describe('chartColumns', () => {
  it('breaks the line where nothing was measured for long', () => {
    expect(chartColumns([point(0, 1), point(10, 2), point(100, 3)], 50)).toEqual([
      [0, 10, 11, 100],
      [1, 2, null, 3],
    ]);
  });
});

describe('nearestPoint', () => {
  it('finds the nearest within reach, or nothing', () => {
    const points = [point(0, 1), point(10, 2)];
    expect(nearestPoint(points, 7, 5)?.value).toBe(2);
    expect(nearestPoint(points, 30, 5)).toBeUndefined();
  });
});

describe('valueRange', () => {
  it('spans measured and imputed values that are in sight, with room', () => {
    const hours = [{ fromMs: 0, toMs: 10, median: 60, low: 40, high: 70 }];
    const [low, high] = valueRange('heart-rate', [point(5, 120), point(6, 80), point(900, 300)], hours, [0, 100]);
    expect(low).toBeLessThan(40);
    expect(high).toBeGreaterThan(120);
    expect(high).toBeLessThan(150);
  });

  it('lets a wide imputed band run off the chart rather than press the measured values flat', () => {
    const hours = [{ fromMs: 0, toMs: 10, median: 150, low: 20, high: 300 }];
    const [low, high] = valueRange('heart-rate', [point(5, 80), point(6, 90)], hours, [0, 100]);
    expect(low).toBeGreaterThan(40);
    expect(high).toBeLessThan(130);
  });

  it('shows the whole band of a signal that was not measured', () => {
    const hours = [{ fromMs: 0, toMs: 10, median: 150, low: 20, high: 300 }];
    const [low, high] = valueRange('heart-rate', [], hours, [0, 100]);
    expect([low < 20, high > 300]).toEqual([true, true]);
  });

  it('does not blow a still signal up', () => {
    const [low, high] = valueRange('temperature', [point(5, 37)], [], [0, 100]);
    expect(high - low).toBeGreaterThan(0.5);
  });
});

describe('groupSignals', () => {
  it('names what was never measured instead of leaving it out', () => {
    const groups = groupSignals(past, heartRate(1, 80));
    expect(groups.paper).toEqual(['heart-rate']);
    expect(groups.others).toEqual(['lactate']);
    expect(groups.never).toContain('sodium');
  });
});
