import { DAY_MS, HOUR_MS } from '#clinical';
import type { TrainingReference } from '#model';
import type { RiskScore } from '#wire';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPolicy } from '../policy-file.js';
import { assessDrift, flaggedKinds } from './assess-drift.js';
import { DriftLedger, type DriftLedgerState } from './drift-ledger.js';
import { driftPolicySchema, type DriftPolicy } from './drift-policy.js';

const shipped = await readPolicy('apps/trainer/policies/drift-1.json', driftPolicySchema);
const POLICY: DriftPolicy = {
  ...shipped,
  leastScores: 20,
  persistDays: 2,
  windowDays: 2,
  values: { ...shipped.values, leastSignals: 1 },
  missingness: { ...shipped.missingness, leastSignals: 1 },
  outcomes: { ...shipped.outcomes, leastExpected: 1 },
};

/** Heart rates half below 80 and half above; lactate in half of the windows; risks half below .2. */
const REFERENCE: TrainingReference = {
  hours: { from: 4, to: 48 },
  windows: 1000,
  signals: {
    'heart-rate': { shareMissing: 0, values: 1000, edges: [80], shares: [0.5, 0.5] },
    lactate: { shareMissing: 0.5, values: 500, edges: [2], shares: [0.5, 0.5] },
  },
  risk: { values: 200, edges: [0.2], shares: [0.5, 0.5] },
};
const RELEASE = { releaseId: 'r-1', reference: REFERENCE };

function score(change: Partial<RiskScore> & { stayId: string }): RiskScore {
  const dueAtMs = change.dueAtMs ?? 10 * HOUR_MS;
  return {
    ...{ site: 's', ward: 'w', bed: 'b', admittedAtMs: 0, dueAtMs, windowStartMs: 0, windowDigest: 'd' },
    ...{ releaseId: 'r-1', releaseStage: 'research', engine: 'onnx-cpu', contributions: [], imputed: [] },
    ...{ completeness: 0.5, shareImputed: 0.5, news2: { total: 0, parts: {}, missing: [] } },
    risk: { median: 0.1, low: 0.05, high: 0.2 },
    latest: [{ signal: 'heart-rate', value: 70, atMs: dueAtMs }],
    ...change,
  };
}

/** A ward on one day: `highShare` of the heart rates and risks above the edge, lactate for `lactateShare`. */
function wardDay(
  ledger: DriftLedger,
  day: number,
  shares: { high?: number; risk?: number; lactate?: number },
  stays = 40,
): void {
  for (let at = 0; at < stays; at++) {
    const admittedAtMs = day * DAY_MS;
    const dueAtMs = admittedAtMs + 10 * HOUR_MS;
    const isUnder = (share: number | undefined): boolean => at < stays * (share ?? 0.5);
    const risk = isUnder(shares.risk) ? 0.4 : 0.1;
    ledger.takeScore(
      score({
        stayId: `${day}-${at}`,
        ...{ admittedAtMs, dueAtMs, risk: { median: risk, low: risk, high: risk } },
        latest: [
          { signal: 'heart-rate', value: isUnder(shares.high) ? 110 : 70, atMs: dueAtMs },
          ...(isUnder(shares.lactate) ? [{ signal: 'lactate', value: at % 2 === 0 ? 1 : 4, atMs: dueAtMs }] : []),
        ],
      }),
    );
  }
}

describe('the drift ledger', () => {
  it('counts one score of a stay in six hours, of the watched release, within the hours of its training', () => {
    const ledger = new DriftLedger(RELEASE, 6);
    const at = (hours: number, change = {}) =>
      ledger.takeScore(score({ stayId: 'a', dueAtMs: hours * HOUR_MS, ...change }));
    expect(at(3.9)).toBe('other-hours');
    expect(at(7)).toBe('counted');
    expect(at(11.9)).toBe('counted-already');
    expect(at(12)).toBe('counted');
    expect(at(8)).toBe('counted-already');
    expect(at(49)).toBe('other-hours');
    expect(at(20, { releaseId: 'r-2' })).toBe('other-release');
    expect(ledger.days()[0]).toMatchObject({
      scores: 2,
      signals: { 'heart-rate': { missing: 0, bins: [2, 0] }, lactate: { missing: 2, bins: [0, 0] } },
      risk: [2, 0],
    });
  });

  it('sets an outcome beside the last sampled risk, once', () => {
    const ledger = new DriftLedger(RELEASE, 6);
    ledger.takeScore(score({ stayId: 'a', dueAtMs: 5 * HOUR_MS, risk: { median: 0.6, low: 0, high: 1 } }));
    ledger.takeScore(score({ stayId: 'a' }));
    expect(ledger.takeOutcome('a', true, 3 * DAY_MS)).toBe('counted');
    expect(ledger.takeOutcome('a', true, 3 * DAY_MS)).toBe('counted-already');
    expect(ledger.takeScore(score({ stayId: 'a' }))).toBe('counted-already');
    expect(ledger.days()[0]).toMatchObject({ scores: 2, outcomes: 0 });
    expect(ledger.days()[1]).toMatchObject({ day: 3, outcomes: 1, deaths: 1, expected: 0.1 });
    expect(ledger.days()[1]!.variance).toBeCloseTo(0.09, 12);
  });

  it('lets an outcome that is read first wait for a score', () => {
    const ledger = new DriftLedger(RELEASE, 6);
    expect(ledger.takeOutcome('a', true, 3 * DAY_MS)).toBe('waiting');
    expect(ledger.days()).toEqual([]);
    ledger.takeScore({ ...score({ stayId: 'a', dueAtMs: 5 * HOUR_MS }), risk: undefined });
    expect(ledger.days().map(({ outcomes }) => outcomes)).toEqual([0]);
    ledger.takeScore(score({ stayId: 'a', dueAtMs: 7 * HOUR_MS }));
    ledger.takeScore(score({ stayId: 'a', dueAtMs: 13 * HOUR_MS, risk: { median: 0.9, low: 0, high: 1 } }));
    expect(ledger.takeOutcome('a', true, 3 * DAY_MS)).toBe('counted-already');
    expect(ledger.days()).toMatchObject([{ scores: 3 }, { day: 3, outcomes: 1, expected: 0.1 }]);
  });

  it('goes on where its state was written, and starts anew for another release or other bins', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(50)), { maxLength: 30 }), fc.nat(30), (scores, cut) => {
        const take = (ledger: DriftLedger, some: typeof scores) =>
          some.forEach(([stay, hour]) =>
            hour > 47
              ? ledger.takeOutcome(`s${stay}`, hour === 48, hour * HOUR_MS)
              : ledger.takeScore(score({ stayId: `s${stay}`, dueAtMs: (hour + 1) * HOUR_MS })),
          );
        const whole = new DriftLedger(RELEASE, 6);
        take(whole, scores);
        const before = new DriftLedger(RELEASE, 6);
        take(before, scores.slice(0, cut));
        const written = JSON.parse(JSON.stringify(before.state())) as DriftLedgerState;
        const after = new DriftLedger(RELEASE, 6, written);
        take(after, scores.slice(cut));
        expect(after.state()).toEqual(whole.state());
        expect(new DriftLedger({ ...RELEASE, releaseId: 'r-2' }, 6, written).days()).toEqual([]);
        const finer = { ...REFERENCE, risk: { values: 3, edges: [0.1, 0.2], shares: [0.2, 0.3, 0.5] } };
        if (written.days.length > 0)
          expect(new DriftLedger({ releaseId: 'r-1', reference: finer }, 6, written).days()).toEqual([]);
      }),
    );
  });

  it('keeps 42 days', () => {
    const ledger = new DriftLedger(RELEASE, 6);
    for (let day = 0; day < 60; day++) wardDay(ledger, day, {}, 1);
    expect(ledger.days().map(({ day }) => day)).toEqual(Array.from({ length: 42 }, (_, at) => 18 + at));
  });
});

describe('assessDrift', () => {
  it('finds nothing where the ward is as it was in training', () => {
    const ledger = new DriftLedger(RELEASE, 6);
    for (const day of [0, 1, 2]) wardDay(ledger, day, {});
    const { found, scores, signals, risk } = assessDrift(REFERENCE, ledger.days(), POLICY, 2);
    expect({ found, scores }).toEqual({ found: [], scores: 80 });
    expect(signals[0]).toEqual({
      ...{ signal: 'heart-rate', values: 80, stabilityIndex: 0, distance: 0, pValue: 1 },
      ...{ shareMissing: 0, referenceShareMissing: 0, found: [] },
    });
    expect(risk.stabilityIndex).toBe(0);
  });

  it('finds shifted values, by hand: half and half against nine and one of ten', () => {
    const ledger = new DriftLedger(RELEASE, 6);
    wardDay(ledger, 0, { high: 0.9 });
    const { found, signals } = assessDrift(REFERENCE, ledger.days(), POLICY, 0);
    expect(found).toEqual(['values']);
    expect(signals[0]!.stabilityIndex).toBeCloseTo(0.4 * Math.log(9), 12);
    expect(signals[0]!.distance).toBeCloseTo(0.4, 12);
    expect(signals.map((signal) => signal.found)).toEqual([['values'], []]);
  });

  it.each([
    ['missingness', { lactate: 0 }],
    ['risk', { risk: 1 }],
  ] as const)('finds drift of %s', (kind, shares) => {
    const ledger = new DriftLedger(RELEASE, 6);
    wardDay(ledger, 0, shares);
    const { found, signals } = assessDrift(REFERENCE, ledger.days(), POLICY, 0);
    expect(found).toEqual([kind]);
    expect(signals.map((signal) => signal.found)).toEqual([[], kind === 'missingness' ? ['missingness'] : []]);
  });

  it('sets deaths beside what was expected, by hand', () => {
    const ledger = new DriftLedger(RELEASE, 6);
    wardDay(ledger, 0, {});
    // risks .4 for twenty stays and .1 for twenty: 10 expected with variance 20 x .24 + 20 x .09 = 6.6
    for (let at = 0; at < 40; at++) ledger.takeOutcome(`0-${at}`, at % 2 === 0, DAY_MS / 2);
    const { outcomes, found } = assessDrift(REFERENCE, ledger.days(), POLICY, 0);
    expect(outcomes.expected).toBeCloseTo(10, 12);
    expect(outcomes.ratio).toBeCloseTo(2, 12);
    expect(outcomes.deviations).toBeCloseTo(10 / Math.sqrt(6.6), 12);
    expect(found).toEqual(['outcomes']);
  });

  it('says nothing with too few scores', () => {
    const ledger = new DriftLedger(RELEASE, 6);
    wardDay(ledger, 0, { high: 1, risk: 1, lactate: 0 }, 19);
    const { found, signals } = assessDrift(REFERENCE, ledger.days(), POLICY, 0);
    expect([found, ...signals.map((signal) => signal.found)]).toEqual([[], [], []]);
  });

  it('flags what lasts: found on each of the last days with scores', () => {
    const ledger = new DriftLedger(RELEASE, 6);
    const flags = (): readonly string[] => flaggedKinds(REFERENCE, ledger.days(), POLICY, ledger.newestDay() ?? 0);
    wardDay(ledger, 0, { high: 1 });
    expect(flags()).toEqual([]);
    wardDay(ledger, 1, { high: 1 });
    expect(flags()).toEqual(['values']);
    // a day without scores takes nothing back; a calm one, alone in its window, does
    wardDay(ledger, 5, {});
    expect(flags()).toEqual([]);
    wardDay(ledger, 6, { high: 1 });
    wardDay(ledger, 7, { high: 1 });
    expect(flags()).toEqual(['values']);
  });
});
