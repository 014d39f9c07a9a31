import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '#clinical';
import type { RiskScore } from '#wire';
import { imputedAt, imputedHours, imputedRuns } from './imputed-hours.js';

const score = {
  windowStartMs: 1_000,
  imputed: [{ signal: 'spo2', median: [95, null, 94, 93], low: [90, null, 91, 90], high: [97, null, 98, 96] }],
} as Pick<RiskScore, 'windowStartMs' | 'imputed'> as RiskScore;

describe('imputedHours', () => {
  it('gives only hours without a measured value, each at its place in the window', () => {
    const hours = imputedHours(score, 'spo2');
    expect(hours.map(({ fromMs }) => (fromMs - 1_000) / HOUR_MS)).toEqual([0, 2, 3]);
    expect(hours[0]).toMatchObject({ median: 95, low: 90, high: 97, toMs: 1_000 + HOUR_MS });
  });

  it('gives none for a signal that the release does not use, and none without a score', () => {
    expect(imputedHours(score, 'glucose')).toEqual([]);
    expect(imputedHours(undefined, 'spo2')).toEqual([]);
  });

  it('joins hours that follow each other into one run', () => {
    expect(imputedRuns(imputedHours(score, 'spo2')).map((run) => run.length)).toEqual([1, 2]);
  });

  it('finds the hour that a time falls in', () => {
    const hours = imputedHours(score, 'spo2');
    expect(imputedAt(hours, 1_000 + 2.5 * HOUR_MS)?.median).toBe(94);
    expect(imputedAt(hours, 1_000 + 1.5 * HOUR_MS)).toBeUndefined();
  });
});
