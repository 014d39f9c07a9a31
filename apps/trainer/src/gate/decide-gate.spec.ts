import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BETTER_DIRECTION, COMPARED_FIGURES, type ComparedFigure, type Comparison } from './comparison.js';
import { decideGate, GATE_DECISIONS } from './decide-gate.js';
import { PolicyError, readPolicy } from '../policy-file.js';
import { gatePolicySchema, type GatePolicy } from './gate-policy.js';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';

const POLICY: GatePolicy = await readPolicy('apps/trainer/policies/gate-1.json', gatePolicySchema);

type Group = Comparison['groups'][number];

/** A candidate that is a little better in everything and well calibrated. */
const CHAMPION: Readonly<Record<ComparedFigure, number>> = {
  auroc: 0.85,
  auprc: 0.5,
  brier: 0.1,
  calibrationSlope: 0.9,
  calibrationIntercept: 0.1,
  observedToExpected: 1.1,
  imputationErrorPoints: 0.5,
  imputationErrorHours: 0.6,
  alarmsPerPatientDay: 0.5,
  alarmPrecision: 0.3,
};

function group(by: Group['by'], name: string, gains: Partial<Record<ComparedFigure, number>> = {}): Group {
  return {
    by,
    group: name,
    stays: 500,
    deaths: 60,
    windows: 1200,
    figures: COMPARED_FIGURES.map((figure) => {
      const champion = CHAMPION[figure];
      const moved = (BETTER_DIRECTION[figure] || 1) * (gains[figure] ?? (BETTER_DIRECTION[figure] === 0 ? 0 : 0.002));
      const around = (value: number, by: number) => ({ value, low: value - by, high: value + by });
      return {
        figure,
        champion: around(champion, 0.05),
        candidate: around(champion + moved, 0.05),
        difference: around(moved, 0.001),
      };
    }),
  };
}

function comparison(groups: readonly Group[] = [group('all', 'all')], counts = { stays: 500, deaths: 60 }): Comparison {
  return {
    schemaVersion: 1,
    champion: 'a',
    candidate: 'b',
    heldOut: { fromMs: 0, toMs: 1, ...counts, thresholds: { champion: 0.2, candidate: 0.2 } },
    seed: 7,
    resamples: 1000,
    groups: [...groups],
    reliability: { champion: [], candidate: [] },
  };
}

/** One figure of all stays, set by hand. */
function withFigure(
  figure: ComparedFigure,
  change: Partial<Group['figures'][number]>,
  by: Group['by'] = 'all',
  counts: Partial<Group> = {},
): Comparison {
  const changed = group(by, by === 'all' ? 'all' : 'x');
  const figures = changed.figures.map((one) => (one.figure === figure ? { ...one, ...change } : one));
  const groups = by === 'all' ? [{ ...changed, figures }] : [group('all', 'all'), { ...changed, figures, ...counts }];
  return comparison(groups);
}

describe('decideGate', () => {
  it('promotes what is better and well calibrated, and says by how much', () => {
    const { decision, reasons, policy } = decideGate(POLICY, comparison());
    expect([decision, policy]).toEqual(['promote', 'gate-1']);
    expect(reasons[1]).toBe('auroc better by 0.002 (0.001 to 0.003)');
  });

  it('holds when there are too few outcomes, whatever the figures say', () => {
    const bad = withFigure('auroc', { difference: { value: -0.2, low: -0.3, high: -0.1 } });
    for (const counts of [
      { stays: 199, deaths: 60 },
      { stays: 500, deaths: 29 },
    ])
      for (const groups of [comparison().groups, bad.groups])
        expect(decideGate(POLICY, comparison(groups, counts)).decision).toBe('hold');
    expect(decideGate(POLICY, comparison(undefined, { stays: 500, deaths: 29 })).reasons).toEqual([
      'all stays: 29 held-out deaths, at least 30 are needed to tell',
    ]);
  });

  it('refuses what is worse beyond the margin, and holds where that may be chance', () => {
    const worse = { value: -0.011, low: -0.02, high: -0.002 };
    expect(decideGate(POLICY, withFigure('auroc', { difference: worse })).decision).toBe('refuse');
    expect(decideGate(POLICY, withFigure('auroc', { difference: { ...worse, high: 0.001 } })).decision).toBe('hold');
    // within the margin, yet a loss of .03 and more cannot be ruled out; brier still shows a gain
    expect(
      decideGate(POLICY, withFigure('auroc', { difference: { value: -0.009, low: -0.031, high: 0.01 } })),
    ).toMatchObject({ decision: 'hold', reasons: [expect.stringContaining('cannot be ruled out')] });
    expect(
      decideGate(POLICY, withFigure('auroc', { difference: { value: -0.009, low: -0.029, high: 0.01 } })).decision,
    ).toBe('promote');
  });

  it('reads a figure of which less is better the other way round, and a relative margin by the champion', () => {
    const more = (value: number) => ({ difference: { value, low: value - 0.001, high: value + 0.001 } });
    expect(decideGate(POLICY, withFigure('alarmsPerPatientDay', more(0.049))).decision).toBe('promote');
    expect(decideGate(POLICY, withFigure('alarmsPerPatientDay', more(0.051))).decision).toBe('refuse');
    expect(decideGate(POLICY, withFigure('alarmsPerPatientDay', more(-0.4))).decision).toBe('promote');
  });

  it('looks into every group that is large enough, and into no other', () => {
    const change = { difference: { value: -0.04, low: -0.06, high: -0.02 } };
    expect(decideGate(POLICY, withFigure('auroc', change, 'sex')).reasons).toEqual([
      'sex x: auroc worse by 0.04 (gain -0.06 to -0.02), margin 0.03',
    ]);
    expect(decideGate(POLICY, withFigure('auroc', change, 'sex', { deaths: 9 })).decision).toBe('promote');
    expect(
      decideGate({ ...POLICY, groups: { ...POLICY.groups, by: ['age'] } }, withFigure('auroc', change, 'sex')).decision,
    ).toBe('promote');
  });

  it('refuses a calibration that lies outside of its band, and holds where that may be chance', () => {
    const slope = (value: number, by: number) =>
      withFigure('calibrationSlope', { candidate: { value, low: value - by, high: value + by } });
    expect(decideGate(POLICY, slope(0.8, 0.05)).decision).toBe('promote');
    expect(decideGate(POLICY, slope(0.79, 0.05)).decision).toBe('hold');
    expect(decideGate(POLICY, slope(0.7, 0.05)).decision).toBe('refuse');
    expect(decideGate(POLICY, slope(1.4, 0.05)).decision).toBe('refuse');
  });

  it('holds where a figure is not defined or none is shown to be better', () => {
    const none = { value: null, low: null, high: null };
    expect(decideGate(POLICY, withFigure('auprc', { difference: none })).reasons).toEqual([
      'all stays: auprc is not defined on these stays',
    ]);
    expect(decideGate(POLICY, withFigure('calibrationSlope', { candidate: none })).decision).toBe('hold');
    const level = comparison([group('all', 'all', Object.fromEntries(COMPARED_FIGURES.map((figure) => [figure, 0])))]);
    expect(decideGate(POLICY, level).reasons[0]).toContain('not shown to be better in any of auroc, brier');
    expect(decideGate({ ...POLICY, gains: [] }, level).decision).toBe('promote');
  });
});

describe('decideGate, as a whole', () => {
  const amount = fc.double({ min: 0, max: 0.2, noNaN: true });
  const figures = fc.record(
    Object.fromEntries(
      COMPARED_FIGURES.map((figure) => [
        figure,
        fc.record({
          gain: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
          half: amount,
          worse: amount,
          side: fc.boolean(),
        }),
      ]),
    ) as Record<ComparedFigure, fc.Arbitrary<{ gain: number; half: number; worse: number; side: boolean }>>,
  );
  const MIDDLE: Partial<Record<ComparedFigure, number>> = {
    calibrationSlope: 1,
    calibrationIntercept: 0,
    observedToExpected: 1,
  };

  /** Figures as drawn; `worse` shifts them against the candidate, and those with a band away from its middle. */
  function drawn(
    by: Group['by'],
    of: Record<ComparedFigure, { gain: number; half: number; worse: number; side: boolean }>,
    isWorse: boolean,
  ): Group {
    const base = group(by, by);
    return {
      ...base,
      figures: base.figures.map((one) => {
        const { gain, half, worse, side } = of[one.figure];
        const moved = gain - (isWorse ? worse : 0);
        const direction = BETTER_DIRECTION[one.figure];
        if (direction === 0) {
          const away = (side ? 1 : -1) * (Math.abs(gain) * 3 + (isWorse ? worse : 0));
          const value = MIDDLE[one.figure]! + away;
          return { ...one, candidate: { value, low: value - half, high: value + half } };
        }
        const value = direction * moved;
        return { ...one, difference: { value, low: value - half, high: value + half } };
      }),
    };
  }

  it('never lets a worse candidate pass where a better one was held or refused', () => {
    const rank = (decided: Comparison): number => GATE_DECISIONS.indexOf(decideGate(POLICY, decided).decision);
    const seen = new Set<number>();
    fc.assert(
      fc.property(figures, figures, (all, ofGroup) => {
        const made = (isWorse: boolean) => comparison([drawn('all', all, isWorse), drawn('age', ofGroup, isWorse)]);
        const [better, worse] = [rank(made(false)), rank(made(true))];
        seen.add(better);
        expect(worse).toBeLessThanOrEqual(better);
      }),
      { numRuns: 500 },
    );
    expect(seen.size).toBeGreaterThan(1);
  });

  it('decides by its worst finding', () => {
    fc.assert(
      fc.property(figures, (all) => {
        const { decision, findings, reasons } = decideGate(POLICY, comparison([drawn('all', all, true)]));
        const worst = Math.min(...findings.map(({ verdict }) => GATE_DECISIONS.indexOf(verdict)));
        expect(GATE_DECISIONS[worst]).toBe(decision);
        expect(reasons.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('readPolicy', () => {
  it('says which file is wrong, where and why', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'gate.json');
    await expect(readPolicy(path, gatePolicySchema)).rejects.toThrow(PolicyError);
    await writeFile(path, '{');
    await expect(readPolicy(path, gatePolicySchema)).rejects.toThrow(`${path} is not JSON`);
    const calibration = [{ figure: 'calibrationSlope', within: 'all', low: 1.2, high: 0.8 }];
    await writeFile(path, JSON.stringify({ ...POLICY, calibration }));
    await expect(readPolicy(path, gatePolicySchema)).rejects.toThrow('the low end of a band must lie below');
    await writeFile(
      path,
      JSON.stringify({ ...POLICY, margins: [{ figure: 'calibrationSlope', within: 'all', margin: 1 }] }),
    );
    await expect(readPolicy(path, gatePolicySchema)).rejects.toThrow('margins[0].figure');
    await writeFile(path, JSON.stringify({ ...POLICY, extra: 1 }));
    await expect(readPolicy(path, gatePolicySchema)).rejects.toThrow('extra');
  });
});
