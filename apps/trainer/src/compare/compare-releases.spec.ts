import { seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import { comparisonSchema, type ComparedFigure, type Comparison } from '../gate/comparison.js';
import { gatePolicySchema } from '../gate/gate-policy.js';
import { readPolicy } from '../policy-file.js';
import { compareReleases } from './compare-releases.js';
import type { HeldOutStay } from './held-out-stay.js';

const shipped = await readPolicy('apps/trainer/policies/gate-1.json', gatePolicySchema);
const POLICY = { ...shipped.heldOut, resamples: 100, judgedAtHours: [8, 24], scoreEveryHours: 8 };
const RELEASES = { champion: 'a', candidate: 'b', fromMs: 10, toMs: 20, seed: 3 };

/** Four stays, two deaths; scores at 8, 16 and 24 hours. */
const FOUR: readonly HeldOutStay[] = (
  [
    [true, [0.6, 0.6, 0.6], [0.9, 0.9, 0.9]],
    [true, [0.2, 0.2, 0.2], [0.8, 0.8, 0.8]],
    [false, [0.4, 0.4, 0.4], [0.1, 0.1, 0.1]],
    [false, [0.3, 0.1, 0.1], [0.2, 0.2, 0.2]],
  ] as const
).map(([died, champion, candidate], number): HeldOutStay => ({
  ...{ number, died, champion, candidate, endHours: 30, hours: [8, 16, 24] },
  site: number < 3 ? 'north' : 'south',
  ...(number === 0 ? {} : { ageYears: 40 + 10 * number, sex: number === 1 ? ('female' as const) : ('male' as const) }),
  errors: { points: { entries: 5, champion: 5, candidate: 20 }, hours: { entries: 0, champion: 0, candidate: 0 } },
}));

function figureOf(
  comparison: Comparison,
  figure: ComparedFigure,
  group = 'all',
): Comparison['groups'][number]['figures'][number] {
  return comparison.groups.find((one) => one.group === group)!.figures.find((one) => one.figure === figure)!;
}

describe('compareReleases', () => {
  const comparison = compareReleases(FOUR, POLICY, RELEASES);

  it('is evidence of the schema, with every group', () => {
    expect(comparisonSchema.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
    expect(
      comparison.groups.map(({ by, group, stays, deaths, windows }) => [by, group, stays, deaths, windows]),
    ).toEqual([
      ['all', 'all', 4, 2, 8],
      ['site', 'north', 3, 2, 6],
      ['site', 'south', 1, 0, 2],
      ['age', '45 to under 65 years', 2, 1, 4],
      ['age', '65 to under 75 years', 1, 0, 2],
      ['age', 'unknown', 1, 1, 2],
      ['sex', 'female', 1, 1, 2],
      ['sex', 'male', 2, 0, 4],
      ['sex', 'unknown', 1, 1, 2],
    ]);
    expect(comparison.heldOut).toEqual({
      ...{ fromMs: 10, toMs: 20, stays: 4, deaths: 2 },
      // the second death's risk is needed to catch four of five
      thresholds: { champion: 0.2, candidate: 0.8 },
    });
  });

  it('gives the figures of both, by hand', () => {
    // of the 4 x 4 pairs at both hours the champion wins 8 of those of .6, and of those of .2 two against .1, none against .3 or .4
    expect(figureOf(comparison, 'auroc')).toMatchObject({ champion: { value: 10 / 16 }, candidate: { value: 1 } });
    expect(figureOf(comparison, 'auroc').difference.value).toBeCloseTo(6 / 16, 12);
    // deaths at both hours: 4; risks .6 + .6 + .2 + .2 + .4 + .4 + .3 + .1
    expect(figureOf(comparison, 'observedToExpected').champion.value).toBeCloseTo(4 / 2.8, 12);
    expect(figureOf(comparison, 'observedToExpected').candidate.value).toBeCloseTo(1, 12);
    expect(figureOf(comparison, 'imputationErrorPoints')).toMatchObject({
      champion: { value: 1 },
      candidate: { value: 2 },
      difference: { value: 1, low: 1, high: 1 },
    });
    expect(figureOf(comparison, 'imputationErrorHours').champion.value).toBeNull();
  });

  it('counts the alarms of the threshold that catches the deaths, by hand', () => {
    // at .2 the champion alarms at 8 h and, twelve hours later, at 24 h: twice in three stays, once in the last; 4 stays of a day each
    const burden = figureOf(comparison, 'alarmsPerPatientDay');
    expect([burden.champion.value, burden.candidate.value]).toEqual([7 / 4, 4 / 4]);
    expect(figureOf(comparison, 'alarmPrecision').champion.value).toBeCloseTo(4 / 7, 12);
    expect(figureOf(comparison, 'alarmPrecision').candidate.value).toBe(1);
  });

  it('has nothing to set apart where both are the same', () => {
    const random = seededRandom(5);
    const stays = Array.from({ length: 60 }, (_, number): HeldOutStay => {
      const risks = [random(), random()];
      const errors = { entries: 4, champion: number, candidate: number };
      return {
        ...{
          number,
          site: 's',
          died: number % 3 === 0,
          endHours: 30,
          hours: [8, 24],
          champion: risks,
          candidate: risks,
        },
        errors: { points: errors, hours: errors },
      };
    });
    const same = compareReleases(stays, POLICY, RELEASES);
    expect(same.groups[0]!.figures).toHaveLength(10);
    for (const { difference } of same.groups[0]!.figures) expect(difference).toEqual({ value: 0, low: 0, high: 0 });
    expect(same.reliability.champion).toEqual(same.reliability.candidate);
    expect(same.reliability.champion.reduce((sum, { windows }) => sum + windows, 0)).toBe(120);
  });

  it('names the twenty largest sites and no more', () => {
    const stays = Array.from({ length: 30 }, (_, number): HeldOutStay => ({
      ...FOUR[0]!,
      ...{ number, site: `site-${number < 5 ? 0 : number}` },
    }));
    const sites = compareReleases(stays, POLICY, RELEASES).groups.filter(({ by }) => by === 'site');
    expect(sites).toHaveLength(21);
    expect([sites[0]!.stays, sites[20]!.group, sites[20]!.stays]).toEqual([5, 'other sites', 6]);
  });

  it('says nothing of no stays, and leaves imputation out where it could not be compared', () => {
    expect(compareReleases([], POLICY, RELEASES).groups[0]).toEqual({
      ...{ by: 'all', group: 'all', stays: 0, deaths: 0, windows: 0 },
      figures: [],
    });
    const unlike = FOUR.map((stay): HeldOutStay => ({ ...stay, errors: undefined }));
    const figures = compareReleases(unlike, POLICY, RELEASES).groups[0]!.figures.map(({ figure }) => figure);
    expect(figures).toHaveLength(8);
    expect(figures).not.toContain('imputationErrorPoints');
  });
});
