import { describe, expect, it } from '@jest/globals';
import { areaUnderRoc } from '../discrimination/area-under-roc.js';
import { metricsByGroup } from './metrics-by-group.js';
import { metricsByHoursBeforeEnd, metricsByHoursSinceAdmission } from './metrics-by-hours.js';
import { numberBins } from './number-bins.js';
import { subgroupMetrics } from './subgroup-metrics.js';

const outcomes = {
  patients: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
  risks: [0.9, 0.2, 0.4, 0.1, 0.3, 0.8, 0.6, 0.7],
  labels: [1, 0, 1, 0, 1, 0, 1, 0],
};
const options = { seed: 1, resamples: 20 };

describe('numberBins', () => {
  const bins = numberBins([6, 12], 'h');

  it('names each number once, an edge to the bin above it', () => {
    expect(bins.names).toEqual(['under 6 h', '6 to under 12 h', '12 h and over', 'unknown']);
    expect([-1, 5.9, 6, 11, 12, 900].map(bins.nameOf)).toEqual([0, 0, 1, 1, 2, 2].map((bin) => bins.names[bin]));
    expect([undefined, Number.NaN].map(bins.nameOf)).toEqual(['unknown', 'unknown']);
  });

  it('refuses edges that do not rise', () => {
    expect(() => numberBins([6, 6])).toThrow('each above the one before');
    expect(() => numberBins([])).toThrow('at least one');
  });
});

describe('metricsByGroup', () => {
  it('gives each group the figures of its rows alone, in the order asked for', () => {
    const groups = ['x', 'x', 'x', 'x', 'y', 'y', 'y', undefined];
    const result = metricsByGroup(outcomes, groups, options, ['y', 'none', 'x']);
    expect(result.map(({ group, metrics }) => [group, metrics.rows, metrics.deaths])).toEqual([
      ['y', 3, 2],
      ['x', 4, 2],
    ]);
    // deaths .3 and .6 below the survivor's .8; .9 and .4 above .2 and .1
    expect(result.map(({ metrics }) => metrics.auroc.value)).toEqual([0, 1]);
  });

  it('refuses another number of groups than rows', () => {
    expect(() => metricsByGroup(outcomes, ['x'], options)).toThrow('1 groups but 8 risks');
  });
});

describe('metrics by hours', () => {
  const hours = [1, 2, 3, 5, 30, 30, 40, 47];

  it('parts rows by hours since admission, and by hours left', () => {
    for (const byHours of [metricsByHoursSinceAdmission, metricsByHoursBeforeEnd])
      expect(byHours(outcomes, hours, options).map(({ group, metrics }) => [group, metrics.rows])).toEqual([
        ['under 6 h', 4],
        ['24 to under 48 h', 4],
      ]);
  });

  it('takes other edges', () => {
    const [early] = metricsByHoursSinceAdmission(outcomes, hours, options, [4]);
    expect(early!.group).toBe('under 4 h');
    expect(early!.metrics.auroc.value).toBe(areaUnderRoc(outcomes.risks.slice(0, 3), outcomes.labels.slice(0, 3)));
  });
});

describe('subgroupMetrics', () => {
  it('parts by every column that is given', () => {
    const result = subgroupMetrics(
      outcomes,
      {
        ages: [90, 50, 60, 80, 70, undefined, 40, 44],
        sexes: ['male', 'male', 'female', 'female', 'male', undefined, 'male', 'male'],
        sharesMissing: [0.1, 0.2, 0.3, 0.4, 0.95, 0.99, 0.7, 0.7],
      },
      options,
    );
    expect(result.map(({ by, group, metrics }) => `${by}: ${group}: ${metrics.rows}`)).toEqual([
      'age: under 45 years: 2',
      'age: 45 to under 65 years: 2',
      'age: 65 to under 75 years: 1',
      'age: 75 to under 85 years: 1',
      'age: 85 years and over: 1',
      'age: unknown: 1',
      'sex: female: 2',
      'sex: male: 5',
      'sex: unknown: 1',
      'share missing: under 50 %: 4',
      'share missing: 70 to under 80 %: 2',
      'share missing: 90 % and over: 2',
    ]);
  });
});
