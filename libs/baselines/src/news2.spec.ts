import { HOUR_MS, type SignalId } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { news2, type News2Part } from './news2.js';

const AS_OF_MS = 100 * HOUR_MS;

function lookup(values: Partial<Record<SignalId, number>>, ageMs = 0) {
  return (signal: SignalId) => {
    const value = values[signal];
    return value === undefined ? undefined : { value, effectiveAtMs: AS_OF_MS - ageMs };
  };
}

const WELL = {
  'respiratory-rate': 16,
  spo2: 98,
  fio2: 21,
  'systolic-pressure': 120,
  'heart-rate': 70,
  'glasgow-coma-scale': 15,
  temperature: 37,
};

/** Every boundary of the published chart: signal, value, part, points. */
const CHART: readonly (readonly [SignalId, News2Part, readonly (readonly [value: number, points: number])[]])[] = [
  [
    'respiratory-rate',
    'respiratory-rate',
    [
      [8, 3],
      [9, 1],
      [11, 1],
      [12, 0],
      [20, 0],
      [21, 2],
      [24, 2],
      [25, 3],
    ],
  ],
  [
    'spo2',
    'spo2',
    [
      [91, 3],
      [92, 2],
      [93, 2],
      [94, 1],
      [95, 1],
      [96, 0],
      [100, 0],
    ],
  ],
  [
    'fio2',
    'oxygen',
    [
      [21, 0],
      [24, 2],
      [100, 2],
    ],
  ],
  [
    'systolic-pressure',
    'systolic-pressure',
    [
      [90, 3],
      [91, 2],
      [100, 2],
      [101, 1],
      [110, 1],
      [111, 0],
      [219, 0],
      [220, 3],
    ],
  ],
  [
    'heart-rate',
    'heart-rate',
    [
      [40, 3],
      [41, 1],
      [50, 1],
      [51, 0],
      [90, 0],
      [91, 1],
      [110, 1],
      [111, 2],
      [130, 2],
      [131, 3],
    ],
  ],
  [
    'glasgow-coma-scale',
    'consciousness',
    [
      [15, 0],
      [14, 3],
      [3, 3],
    ],
  ],
  [
    'temperature',
    'temperature',
    [
      [35, 3],
      [35.1, 1],
      [36, 1],
      [36.1, 0],
      [38, 0],
      [38.1, 1],
      [39, 1],
      [39.1, 2],
    ],
  ],
];

describe('news2', () => {
  it.each(CHART)('gives %s the points of the chart', (signal, part, rows) => {
    for (const [value, points] of rows) {
      expect([value, news2(lookup({ ...WELL, [signal]: value }), AS_OF_MS).parts[part]]).toEqual([value, points]);
    }
  });

  it('adds up the parts', () => {
    expect(news2(lookup(WELL), AS_OF_MS)).toMatchObject({ total: 0, missing: [] });
    const worst = {
      'respiratory-rate': 30,
      spo2: 85,
      fio2: 60,
      'systolic-pressure': 70,
      'heart-rate': 140,
      'glasgow-coma-scale': 8,
      temperature: 34,
    };
    expect(news2(lookup(worst), AS_OF_MS).total).toBe(20);
  });

  it('rounds as a chart does', () => {
    expect(news2(lookup({ 'heart-rate': 90.4, temperature: 38.04 }), AS_OF_MS).parts).toEqual({
      'heart-rate': 0,
      temperature: 0,
    });
    expect(news2(lookup({ 'heart-rate': 90.6, temperature: 38.06 }), AS_OF_MS).parts).toEqual({
      'heart-rate': 1,
      temperature: 1,
    });
  });

  it('counts what is unknown or older than 12 hours as missing, never as normal', () => {
    expect(news2(lookup({ 'heart-rate': 135 }), AS_OF_MS)).toEqual({
      total: 3,
      parts: { 'heart-rate': 3 },
      missing: ['respiratory-rate', 'spo2', 'oxygen', 'systolic-pressure', 'consciousness', 'temperature'],
    });
    expect(news2(lookup(WELL, 12 * HOUR_MS), AS_OF_MS).missing).toEqual([]);
    expect(news2(lookup(WELL, 12 * HOUR_MS + 1), AS_OF_MS).missing).toHaveLength(7);
  });

  it('lets SaO2 stand in for SpO2', () => {
    expect(news2(lookup({ sao2: 92 }), AS_OF_MS).parts).toEqual({ spo2: 2 });
  });
});
