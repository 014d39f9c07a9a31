import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '#clinical';
import { parsePolicy } from '#alerting';
import type { StayScores } from '../scoring/stay-scores.js';
import type { StayFacts } from '../stays/stay-facts.js';
import { hiddenBySignal, hiddenFigures } from './hidden-figures.js';
import { hourBins } from './hour-bins.js';
import { judgedRows, someRows } from './judged-rows.js';
import { pairedAlarms, pairedIndices, pairedScores } from './paired-figures.js';
import { rankStays } from './rank-stays.js';
import { scoreEntries } from './score-figures.js';
import { simulatePolicyOn } from './simulate-policy-on.js';
import { standingAt } from './standing-at.js';
import { alarmEntries, thresholdCatching } from './threshold-alarms.js';

const OPTIONS = { seed: 1, resamples: 20 };

function facts(stayId: string, died: boolean | undefined, endHours: number): [string, StayFacts] {
  const known = { stayId, patientId: `p-${stayId}`, endHours, recordedHours: 10 };
  return [stayId, died === undefined ? known : { ...known, died }];
}

/** Scores of a stay at hours 4, 5, 6, ...; NEWS2 is ten times the risk. A risk of -1 is a refusal. */
function scores(stayId: string, ...risks: number[]): StayScores {
  return {
    stayId,
    rows: risks.map((median, at) => ({
      ...{
        sinceAdmissionMs: (4 + at) * HOUR_MS,
        news2: Math.round(10 * Math.abs(median)),
        news2Missing: [],
        completeness: 1,
      },
      ...(median < 0 ? { refusedBecause: 'too-early' } : { risk: { median, low: median / 2, high: (1 + median) / 2 } }),
    })),
  };
}

const FACTS = new Map([
  facts('a', true, 30),
  facts('b', false, 10),
  facts('c', true, 3),
  facts('d', false, 10),
  facts('unknown', undefined, 10),
]);
const SCORES = [
  scores('a', -1, 0.5, 0.9),
  scores('b', 0.2, 0.1, 0.3),
  scores('c', 0.6, 0.4),
  scores('d', 0.5),
  scores('unknown', 0.9),
];
const ROWS = judgedRows(FACTS, SCORES);
const SCORE = { name: 'ours', rows: ROWS, kind: 'risk' as const };

describe('judgedRows', () => {
  it('holds a row for each risk that was given to a stay whose outcome is known', () => {
    expect(ROWS.stays).toEqual(['a', 'a', 'b', 'b', 'b', 'c', 'c', 'd']);
    expect(ROWS.hours).toEqual([5, 6, 4, 5, 6, 4, 5, 4]);
    expect(ROWS.labels).toEqual([1, 1, 0, 0, 0, 1, 1, 0]);
    expect(ROWS.risks).toEqual([0.5, 0.9, 0.2, 0.1, 0.3, 0.6, 0.4, 0.5]);
    // A score of c is later than its end as it was known: the end moves there.
    expect(ROWS.endHours).toEqual([30, 30, 10, 10, 10, 5, 5, 10]);
  });
});

describe('standingAt', () => {
  it('gives the newest score of each stay then, unless it is too old', () => {
    expect(standingAt(ROWS, 5, 3)).toEqual([0, 3, 6, 7]);
    expect(standingAt(ROWS, 6, 1)).toEqual([1, 4, 6]);
    expect(standingAt(ROWS, 3, 3)).toEqual([]);
  });
});

describe('hourBins', () => {
  it('parts rows by hours since admission, and by the hours that were left', () => {
    expect(hourBins(ROWS, 'since admission')).toEqual([
      { name: 'under 6 h', indices: [0, 2, 3, 5, 6, 7] },
      { name: '6 to under 12 h', indices: [1, 4] },
    ]);
    expect(hourBins(ROWS, 'before death or the end')).toEqual([
      { name: 'under 6 h', indices: [3, 4, 5, 6] },
      { name: '6 to under 12 h', indices: [2, 7] },
      { name: '24 to under 48 h', indices: [0, 1] },
    ]);
  });
});

describe('scoreEntries', () => {
  it('counts scores, stays and deaths, and gives the area, the squared error, the mean risk and what was observed', async () => {
    const entries = await scoreEntries({ ...SCORE, rows: someRows(ROWS, [0, 3, 6, 7]) }, OPTIONS);
    expect(entries.slice(0, 3)).toEqual([4, 4, 2]);
    // Deaths .5 and .4 against survivors .1 and .5: pairs won 1, 1, 1/2, 0 of 4.
    expect(entries[3]).toMatchObject({ value: 2.5 / 4 });
    expect((entries[5] as { value: number }).value).toBeCloseTo((0.25 + 0.36 + 0.01 + 0.25) / 4, 12);
    expect(entries[8]).toBeCloseTo(0.375, 12);
    expect(entries[9]).toBe(0.5);
  });

  it('judges NEWS2 by its order only', async () => {
    const entries = await scoreEntries({ ...SCORE, kind: 'news2' }, OPTIONS);
    expect(entries.slice(5, 9)).toEqual([undefined, undefined, undefined, undefined]);
    // NEWS2 5, 9, 6, 4 of deaths against 2, 1, 3, 5 of survivors: of 16 pairs one is lost and one a tie.
    expect(entries[3]).toMatchObject({ value: 14.5 / 16 });
  });
});

describe('rankStays', () => {
  it('puts stays in order of the log loss of their scores, deaths and survivors apart', () => {
    const { best, worst } = rankStays(ROWS, 2);
    expect(best.map(({ stayId }) => stayId)).toEqual(['a', 'b']);
    expect(worst.map(({ stayId }) => stayId)).toEqual(['c', 'd']);
    expect(best[0]!.logLoss).toBeCloseTo(-(Math.log(0.5) + Math.log(0.9)) / 2, 12);
    expect(worst[1]).toEqual({ stayId: 'd', died: false, logLoss: Math.LN2, scores: 1 });
  });

  it('fills a list with the other outcome where one is rare', () => {
    expect(rankStays(ROWS, 10).best.map(({ stayId }) => stayId)).toEqual(['a', 'c', 'b', 'd']);
    const survivors = someRows(ROWS, [2, 3, 4, 7]);
    expect(rankStays(survivors, 2).worst.map(({ stayId }) => stayId)).toEqual(['d', 'b']);
  });
});

describe('alarms at a threshold', () => {
  it('catches the deaths that it was chosen to catch, and counts the time watched', () => {
    // Peaks of the deaths: .9 and .6.
    expect(thresholdCatching(SCORE, 0.5, 1)).toBe(0.9);
    expect(thresholdCatching(SCORE, 1, 1)).toBe(0.6);
    const [alarms, days, perDay, ppv, caught, survivors, lead] = alarmEntries(SCORE, 0.5, 1, OPTIONS);
    // a at hour 5, then silent for 12 h; c at 4; d at 4.
    expect(alarms).toBe(3);
    // Watched: a 5 to 6, b 4 to 6, c 4 to 5, d 4, and an hour after each.
    expect(days).toBeCloseTo((2 + 3 + 2 + 1) / 24, 12);
    expect((perDay as { value: number }).value).toBeCloseTo(9, 12);
    expect((ppv as { value: number }).value).toBeCloseTo(2 / 3, 12);
    expect(caught).toMatchObject({ value: 1 });
    expect(survivors).toMatchObject({ value: 0.5 });
    // 30 - 5 and 5 - 4 hours.
    expect(lead).toBe(13);
  });
});

describe('simulatePolicyOn', () => {
  it('runs the live state machine on every stay whose outcome is known', () => {
    const rule = {
      ...{ name: 'risk', kind: 'patient', severity: 'critical', maxSnoozeMinutes: 60 },
      when: [{ measure: 'risk', rise: 0.5, fall: 0.4 }],
      ...{ forMinutes: 0, recoverForMinutes: 0, refractoryMinutes: 0 },
    };
    const policy = parsePolicy({
      ...{
        schemaVersion: 1,
        version: 'spec',
        description: 'Spec.',
        maxCompletenessLoss: 0.2,
        ruleSets: { all: [rule] },
      },
      assignments: [{ site: '*', ward: '*', ruleSet: 'all' }],
    });
    const { stays, deaths, total } = simulatePolicyOn(policy, FACTS, SCORES, 1);
    expect([stays, deaths, total.alerts]).toEqual([4, 2, 3]);
    expect(total.deathsCaught).toBe(1);
    expect(total.positivePredictiveValue).toBeCloseTo(2 / 3, 12);
  });
});

describe('two releases on the same rows', () => {
  const other = judgedRows(FACTS, [
    scores('a', 0.3, 0.7, 0.9),
    scores('b', 0.2, 0.1, 0.3),
    scores('c', 0.6),
    scores('d', 0.1),
  ]);

  it('are paired by stay and due time', () => {
    const { first, second } = pairedIndices(ROWS, other);
    expect(first.map((row) => `${ROWS.stays[row]}${ROWS.hours[row]}`)).toEqual([
      'a5',
      'a6',
      'b4',
      'b5',
      'b6',
      'c4',
      'd4',
    ]);
    expect(second.map((row) => other.risks[row])).toEqual([0.7, 0.9, 0.2, 0.1, 0.3, 0.6, 0.1]);
  });

  it('differ by what their figures differ by, and not at all where they are the same', () => {
    const { first, second } = pairedIndices(ROWS, other);
    const pairs = { first: someRows(ROWS, first), second: someRows(other, second) };
    const { auroc } = pairedScores(pairs, OPTIONS);
    // Deaths .5 .9 .6 against .2 .1 .3 .5: of 12 pairs one is a tie; the other release wins all.
    expect(auroc.first.value).toBeCloseTo(11.5 / 12, 12);
    expect(auroc.difference.value).toBeCloseTo(0.5 / 12, 12);
    const same = pairedScores({ first: pairs.first, second: pairs.first }, OPTIONS).auroc;
    expect(same.difference).toEqual({ value: 0, low: 0, high: 0 });
    const alarms = pairedAlarms(pairs, { first: 0.5, second: 0.5 }, 1, OPTIONS);
    // d is alarmed by the first alone; watched: 2 + 3 + 1 + 1 hours.
    expect(alarms.alarmsPerPatientDay.value).toBeCloseTo(-1 / (7 / 24), 12);
    expect(alarms.positivePredictiveValue.value).toBeCloseTo(1 - 2 / 3, 12);
    expect(alarms.deathsCaught.value).toBe(0);
  });
});

describe('errors on hidden entries', () => {
  const sum = {
    signal: 'sodium',
    entries: 2,
    squared: 2,
    absolute: 2,
    carriedSquared: 8,
    carriedAbsolute: 4,
    storedAbsolute: 6,
    within: 1,
  };
  const judged = [
    { stayId: 'a', hiding: 'points-10' as const, sums: [sum] },
    {
      stayId: 'b',
      hiding: 'points-10' as const,
      sums: [
        { ...sum, entries: 6, within: 6 },
        { ...sum, signal: 'lactate', entries: 1 },
      ],
    },
    { stayId: 'a', hiding: 'laboratory-50' as const, sums: [] },
  ];

  it('are pooled over entries, beside the last value carried forward', () => {
    const figures = hiddenFigures(judged, 'points-10', (stayId) => stayId, OPTIONS)!;
    expect([figures.stays, figures.entries]).toEqual([2, 9]);
    expect(figures.rmse.value).toBeCloseTo(Math.sqrt(6 / 9), 12);
    expect(figures.carriedMae.value).toBeCloseTo(12 / 9, 12);
    expect(figures.within.value).toBeCloseTo(8 / 9, 12);
    expect(hiddenFigures([], 'points-10', (stayId) => stayId, OPTIONS)).toBeUndefined();
  });

  it('are told by signal in its unit, most entries first', () => {
    const [sodium, lactate] = hiddenBySignal(judged, 'points-10');
    expect(sodium).toMatchObject({ signal: 'sodium', entries: 8, storedMae: 1.5, rmse: Math.sqrt(0.5), within: 7 / 8 });
    expect(lactate!.signal).toBe('lactate');
  });
});
