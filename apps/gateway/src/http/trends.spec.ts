import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS, SIGNAL_IDS } from '#clinical';
import type { HistoryPoint } from '#history';
import { trendsResponseSchema } from '#wire';
import fc from 'fast-check';
import { FixedHistory } from '../../../../test/support/live/fixed-history.js';
import { BucketedSeries } from './bucketed-series.js';
import { readTrends } from './read-trends.js';
import { readTrendQuery } from './trend-query.js';

const heartRate = (atMs: number, value: number): HistoryPoint => {
  return {
    kind: 'observation',
    stayId: 'a',
    atMs,
    signal: 'heart-rate',
    value,
    availableAtMs: atMs,
    source: 'monitor',
  };
};

const riskAt = (atMs: number): HistoryPoint => {
  return {
    kind: 'risk',
    stayId: 'a',
    atMs,
    releaseId: 'r',
    risk: { median: 0.1, low: 0, high: 0.2 },
    completeness: 0.5,
  };
};

describe('a series', () => {
  it('keeps values as measured while they are few', () => {
    const series = new BucketedSeries(0, 1000, 3);
    for (const atMs of [1, 2, 900]) series.add(atMs, atMs);
    expect(series.bucketMs).toBeUndefined();
    expect(series.points().map(({ atMs, count }) => [atMs, count])).toEqual([
      [1, 1],
      [2, 1],
      [900, 1],
    ]);
  });

  it('never grows beyond its bound, and loses no value, no extreme and not the last', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (given, maxPoints) => {
        const sorted = [...given].sort(([a], [b]) => a - b);
        const series = new BucketedSeries(0, 10_000, maxPoints);
        for (const [atMs, value] of sorted) series.add(atMs, value);
        const points = series.points();
        expect(points.length).toBeLessThanOrEqual(maxPoints);
        expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(sorted.length);
        expect(Math.min(...points.map(({ low }) => low))).toBe(Math.min(...sorted.map(([, value]) => value)));
        expect(Math.max(...points.map(({ high }) => high))).toBe(Math.max(...sorted.map(([, value]) => value)));
        expect(points.at(-1)!.atMs).toBe(sorted.at(-1)![0]);
        const sum = points.reduce((all, { value, count }) => all + value * count, 0);
        expect(sum).toBeCloseTo(
          sorted.reduce((all, [, value]) => all + value, 0),
          6,
        );
      }),
    );
  });
});

describe('the trends of a stay', () => {
  it('are what the history has, as the schema says', async () => {
    const history = new FixedHistory([heartRate(10, 80), heartRate(20, 82), riskAt(20)]);
    const trends = await readTrends(history, 'a', { fromMs: 0, toMs: 100, signals: SIGNAL_IDS }, 600);
    expect(trendsResponseSchema.parse(trends)).toMatchObject({
      signals: [
        {
          signal: 'heart-rate',
          unit: '/min',
          points: [
            { atMs: 10, value: 80 },
            { atMs: 20, value: 82 },
          ],
        },
      ],
      risk: [{ atMs: 20, releaseId: 'r' }],
    });
  });

  it('show of two values of one moment the one that became available later', async () => {
    const [first, corrected] = [heartRate(10, 80), { ...heartRate(10, 70), availableAtMs: 15 }];
    const query = { fromMs: 0, toMs: 100, signals: SIGNAL_IDS };
    for (const points of [
      [first, corrected],
      [corrected, first],
    ]) {
      const { signals } = await readTrends(new FixedHistory([...points, heartRate(20, 82)]), 'a', query, 600);
      expect(signals[0]!.points).toMatchObject([
        { atMs: 10, value: 70 },
        { atMs: 20, value: 82 },
      ]);
    }
  });

  it('keep the last score of each bucket when there are many', async () => {
    const points = Array.from({ length: 1_000 }, (_, i) => riskAt(i * MINUTE_MS));
    const query = { fromMs: 0, toMs: 1_000 * MINUTE_MS, signals: SIGNAL_IDS };
    const { risk } = await readTrends(new FixedHistory(points), 'a', query, 100);
    expect(risk.length).toBe(100);
    expect(risk.map(({ atMs }) => atMs / MINUTE_MS)).toEqual(Array.from({ length: 100 }, (_, i) => 10 * i + 9));
  });
});

describe('the query', () => {
  const defaults = { fromMs: 0, toMs: HOUR_MS };

  it('is the whole stay and every signal where nothing is said', () => {
    expect(readTrendQuery({}, defaults)).toEqual({ ...defaults, signals: SIGNAL_IDS });
  });

  it("keeps the catalogue's order whatever the order asked for", () => {
    expect(readTrendQuery({ signals: 'sodium,heart-rate' }, defaults)).toMatchObject({
      signals: ['heart-rate', 'sodium'],
    });
  });

  it.each([
    [{ from: 'yesterday' }, /epoch milliseconds/],
    [{ from: ['1', '2'] }, /epoch milliseconds/],
    [{ from: '-5' }, /epoch milliseconds/],
    [{ from: '20', to: '10' }, /before/],
    [{ from: '0', to: String(40 * 24 * HOUR_MS) }, /31 days/],
    [{ signals: 'mood' }, /"mood" is no signal/],
    [{ signals: ['heart-rate'] }, /once/],
  ])('%j is refused with a sentence', (given, sentence) => expect(readTrendQuery(given, defaults)).toMatch(sentence));
});
