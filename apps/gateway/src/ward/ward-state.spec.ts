import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '#clinical';
import { LIVE_TREND_LENGTH, liveBedSchema, liveStaySchema, type RiskScore } from '#wire';
import fc from 'fast-check';
import { ADMITTED_AT_MS, admission, observation, refusal, score } from '../../../../test/support/live/made-events.js';
import { AGES_POLICY_V1 } from './ages-policy.js';
import { bedSummary, stayJson } from './bed-summary.js';
import { WardState, type StayChange, type WardStateOptions } from './ward-state.js';

const at = (minutes: number): number => ADMITTED_AT_MS + minutes * MINUTE_MS;

function wardOf(options: Partial<WardStateOptions> = {}): WardState {
  return new WardState({ ages: AGES_POLICY_V1, ...options });
}

function take(ward: WardState, event: RiskScore, clockMs = event.dueAtMs): string {
  return ward.score(event, JSON.stringify(event), clockMs);
}

const bedOf = (ward: WardState, stayId: string) => liveBedSchema.parse(bedSummary(ward.stay(stayId)!));

describe('the ward', () => {
  it('shows an admitted stay that has no score yet, and says so', () => {
    const ward = wardOf();
    expect(ward.admit(admission('a'), at(0))).toBe('applied');
    expect(bedOf(ward, 'a')).toMatchObject({ technicalState: 'no-score-yet', riskTrend: [], sequence: 1 });
    expect(bedOf(ward, 'a')).not.toHaveProperty('risk');
  });

  it('knows a stay from its score alone, when its admission is no longer on the log', () => {
    const ward = wardOf();
    expect(take(ward, score('a', at(60)))).toBe('shown');
    expect(bedOf(ward, 'a')).toMatchObject({ bed: 'bed-a', risk: { median: 0.2 }, newestObservationAtMs: at(60) });
  });

  it('never replaces a score by an older one, but gives it its place in the trend', () => {
    const ward = wardOf();
    take(ward, score('a', at(10), { risk: { median: 0.7, low: 0.6, high: 0.8 } }));
    expect(take(ward, score('a', at(5)), at(10))).toBe('trend-only');
    const bed = bedOf(ward, 'a');
    expect(bed.eventTimeMs).toBe(at(10));
    expect(bed.risk?.median).toBe(0.7);
    expect(bed.riskTrend.map(({ atMs }) => atMs)).toEqual([at(5), at(10)]);
  });

  it('shows the same for every order of arrival', () => {
    const events = [5, 10, 15, 20].map((minute) => score('a', at(minute), { completeness: minute / 100 }));
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: 4 }), fc.nat(3), (order, twice) => {
        const ward = wardOf();
        for (const event of [...order, order[twice]!]) take(ward, event, at(20));
        const bed = bedOf(ward, 'a');
        expect(bed).toMatchObject({ eventTimeMs: at(20), completeness: 0.2 });
        expect(bed.riskTrend.map(({ atMs }) => atMs)).toEqual([at(5), at(10), at(15), at(20)]);
      }),
    );
  });

  it('changes nothing for a score that comes twice', () => {
    const ward = wardOf();
    take(ward, score('a', at(10)));
    const before = ward.sequence;
    expect(take(ward, score('a', at(10)))).toBe('duplicate');
    expect(ward.sequence).toBe(before);
  });

  it('keeps a trend of bounded length', () => {
    const ward = wardOf();
    for (let i = 0; i < LIVE_TREND_LENGTH + 10; i++) take(ward, score('a', at(5 * i)));
    const { riskTrend } = bedOf(ward, 'a');
    expect(riskTrend).toHaveLength(LIVE_TREND_LENGTH);
    expect(riskTrend.at(-1)!.atMs).toBe(at(5 * (LIVE_TREND_LENGTH + 9)));
    expect(take(ward, score('a', at(1)))).toBe('duplicate');
  });

  it('shows a refused score with its reason and without the risk of the one before', () => {
    const ward = wardOf();
    take(ward, score('a', at(10)));
    take(ward, refusal('a', at(20), 'too-little-data'));
    const bed = bedOf(ward, 'a');
    expect(bed).toMatchObject({ refusedBecause: 'too-little-data', technicalState: 'live', eventTimeMs: at(20) });
    expect(bed).not.toHaveProperty('risk');
    expect(bed.riskTrend).toEqual([{ atMs: at(10), median: 0.2 }, { atMs: at(20) }]);
  });

  it('keeps the newest value of a signal, and the detail as the schema has it', () => {
    const ward = wardOf();
    ward.admit(admission('a'), at(0));
    take(ward, score('a', at(5)));
    expect(ward.observe(observation('a', at(10), 90), at(10), at(10))).toBe('applied');
    expect(ward.observe(observation('a', at(8), 70), at(11), at(11))).toBe('not-newer');
    const detail = liveStaySchema.parse(JSON.parse(stayJson(ward.stay('a')!)));
    expect(detail.newest).toEqual([expect.objectContaining({ signal: 'heart-rate', value: 90 })]);
    expect(detail).toMatchObject({ static: { ageYears: 71 }, score: { engine: 'onnx-cpu' } });
  });

  it.each([
    ['an implausible value', observation('a', at(200), 4000), at(200)],
    ['a signal it does not know', { ...observation('a', at(200)), signal: 'mood' }, at(200)],
    ['a unit it does not know', { ...observation('a', at(200)), unit: 'furlong' }, at(200)],
    ['an observation from the future', observation('a', at(200)), at(194)],
  ])('does not take %s for a sign of life', (_what, event, logTimestampMs) => {
    const ward = wardOf();
    ward.admit(admission('a'), at(0));
    expect(ward.observe(event, logTimestampMs, at(200))).toBe('unusable');
    expect(bedOf(ward, 'a')).not.toHaveProperty('newestObservationAtMs');
    ward.sweep(at(200));
    expect(bedOf(ward, 'a').technicalState).toBe('stale');
  });
});

describe('technical states', () => {
  const stateAfter = (clockMs: number, prepare: (ward: WardState) => void): string => {
    const ward = wardOf();
    ward.admit(admission('a'), at(0));
    prepare(ward);
    ward.sweep(clockMs);
    return bedOf(ward, 'a').technicalState;
  };
  const alive = (ward: WardState): void => {
    ward.observe(observation('a', at(60)), at(60), at(60));
    take(ward, score('a', at(60)));
  };

  it('go from live to stale to silent as the log goes on without the stay', () => {
    expect(stateAfter(at(61), alive)).toBe('live');
    expect(stateAfter(at(60) + AGES_POLICY_V1.staleAfterMs - 1, alive)).toBe('live');
    expect(stateAfter(at(60) + AGES_POLICY_V1.staleAfterMs, alive)).toBe('stale');
    expect(stateAfter(at(60) + AGES_POLICY_V1.silentAfterMs, alive)).toBe('silent');
  });

  it('call a stay silent that never sent anything', () => {
    expect(stateAfter(at(0) + AGES_POLICY_V1.silentAfterMs, () => undefined)).toBe('silent');
  });

  it('name a model that is away', () => {
    expect(stateAfter(at(61), (ward) => void take(ward, refusal('a', at(60), 'model-unavailable')))).toBe(
      'model-unavailable',
    );
  });

  it('call a score overdue when observations go on and no score comes, and live again when one comes', () => {
    const onwards = (ward: WardState): void => {
      alive(ward);
      for (let minute = 65; minute <= 120; minute += 5) {
        ward.observe(observation('a', at(minute)), at(minute), at(minute));
      }
    };
    expect(stateAfter(at(120), onwards)).toBe('score-overdue');
    expect(stateAfter(at(100), onwards)).toBe('live');
    const scored = (ward: WardState): void => {
      onwards(ward);
      take(ward, score('a', at(120)));
    };
    expect(stateAfter(at(120), scored)).toBe('live');
  });

  it('call a score overdue while scores come but stay behind the observations', () => {
    const behind = (ward: WardState): void => {
      alive(ward);
      for (let minute = 65; minute <= 300; minute += 5) {
        ward.observe(observation('a', at(minute)), at(minute), at(minute));
        take(ward, score('a', at(60 + (minute - 60) / 2)), at(minute));
      }
    };
    expect(stateAfter(at(300), behind)).toBe('score-overdue');
    expect(
      stateAfter(at(300), (ward) => {
        behind(ward);
        take(ward, score('a', at(300)));
      }),
    ).toBe('live');
  });

  it('put the end of a stay before everything else', () => {
    expect(stateAfter(at(900), (ward) => void ward.end({ stayId: 'a', endedAtMs: at(70) }, at(70)))).toBe('ended');
  });
});

describe('the bounds of the ward', () => {
  it('removes an ended stay after a while, and late messages do not bring it back', () => {
    const ward = wardOf({ keepEndedMs: HOUR_MS });
    const changes: StayChange[] = [];
    ward.onChange((change) => changes.push(change));
    ward.admit(admission('a'), at(0));
    ward.end({ stayId: 'a', endedAtMs: at(10) }, at(10));
    ward.sweep(at(69));
    expect(ward.size).toBe(1);
    ward.sweep(at(70));
    expect(ward.size).toBe(0);
    expect(changes.at(-1)).toMatchObject({ removed: true });
    expect(take(ward, score('a', at(9)))).toBe('stay-gone');
    expect(ward.admit(admission('a'), at(71))).toBe('stay-gone');
    expect(ward.observe(observation('a', at(9)), at(71), at(71))).toBe('stay-gone');
  });

  it('lets the stay go that ended first when it is full, and else leaves new ones out and says so', () => {
    const ward = wardOf({ maxStays: 2 });
    ward.admit(admission('a'), at(0));
    ward.admit(admission('b'), at(0));
    expect(ward.admit(admission('c'), at(0))).toBe('left-out');
    expect(ward.truncated).toBe(true);
    ward.end({ stayId: 'a', endedAtMs: at(10) }, at(10));
    expect(ward.admit(admission('c'), at(11))).toBe('applied');
    expect([...ward.staysOf({ kind: 'all' })].map(({ stayId }) => stayId)).toEqual(['b', 'c']);
    expect(ward.truncated).toBe(false);
  });

  it('says no longer that stays are left out once the last of them is over', () => {
    const ward = wardOf({ maxStays: 1 });
    for (const stayId of ['a', 'b', 'c', 'd']) ward.admit(admission(stayId), at(0));
    ward.end({ stayId: 'b', endedAtMs: at(10) }, at(10));
    ward.giveUp('c', null);
    expect(ward.truncated).toBe(true);
    ward.end({ stayId: 'd', endedAtMs: at(10) }, at(10));
    expect(ward.truncated).toBe(false);
  });

  it('remembers of no more stays than it may what came before their first score', () => {
    const ward = wardOf({ maxStays: 2 });
    for (const stayId of ['a', 'b', 'c']) ward.end({ stayId, endedAtMs: at(10) }, at(10));
    for (const stayId of ['a', 'c']) take(ward, score(stayId, at(9)), at(11));
    expect([...ward.staysOf({ kind: 'all' })].map(({ stayId, endedAtMs }) => [stayId, endedAtMs])).toEqual([
      ['a', undefined],
      ['c', at(10)],
    ]);
  });

  it('tells of a stay that moves to another ward where it left', () => {
    const ward = wardOf();
    ward.admit(admission('a'), at(0));
    ward.admit(admission('a', { ward: 'icu-2', bed: '3' }), at(5));
    expect(ward.departuresSince(1)).toEqual([{ sequence: 2, stayId: 'a', site: 'north', ward: 'icu-1' }]);
    expect([...ward.staysOf({ kind: 'ward', site: 'north', ward: 'icu-1' })]).toEqual([]);
    expect(bedOf(ward, 'a')).toMatchObject({ ward: 'icu-2', bed: '3' });
  });

  it('says when it can no longer tell who left', () => {
    const ward = wardOf({ rememberDepartures: 2 });
    for (const ward2 of ['icu-2', 'icu-3', 'icu-4', 'icu-5']) ward.admit(admission('a', { ward: ward2 }), at(0));
    expect(ward.departuresSince(1)).toBeUndefined();
    expect(ward.departuresSince(2)).toHaveLength(2);
  });
});
