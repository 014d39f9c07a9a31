import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RiskScorer } from '#model';
import type { WindowStore } from '#training';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { fillAndAssess } from './fill-and-assess.js';
import { FILLED_RISKS } from './filling-methods.js';

const HOURS = 24;

describe('fillAndAssess', () => {
  let release: Awaited<ReturnType<typeof untrainedRelease>>;
  let scorer: RiskScorer;
  beforeAll(async () => {
    release = await untrainedRelease();
    scorer = await RiskScorer.load(release.path, { engine: 'onnx-cpu' });
  });
  afterAll(async () => {
    await scorer.close();
    await release[Symbol.asyncDispose]();
  });

  /** One window; NaN where missing. */
  function storeOf(valueAt: (signal: number, hour: number) => number): WindowStore {
    const { signals } = scorer.manifest;
    const size = signals.length * HOURS;
    const label = {
      ...{ datasetId: 'd', stayId: 's', patientId: 'p', part: 'test' as const },
      ...{ static: {}, hoursSinceAdmission: 24, died: false },
    };
    return {
      signals,
      hours: HOURS,
      labels: [label],
      values: Float32Array.from({ length: size }, (_, entry) => valueAt(Math.floor(entry / HOURS), entry % HOURS)),
    };
  }

  it('gives one and the same risk to a window without gaps', async () => {
    const full = storeOf((signal, hour) => 40 + 3 * signal + (hour % 5));
    const risks = await fillAndAssess(scorer, full, [0], ['key']);
    expect(new Set(FILLED_RISKS.map((id) => risks[id][0])).size).toBe(1);
  });

  it('fills each gap as its name says', async () => {
    // The first signal stands still from the first hour on, the others are never measured: LOCF and a line agree, the mean does not.
    const still = storeOf((signal, hour) => (signal === 0 && hour % 3 === 0 ? 130 : Number.NaN));
    const risks = await fillAndAssess(scorer, still, [0], ['key']);
    expect(risks.locf[0]).toBe(risks.linear[0]);
    expect(risks['training-mean'][0]).not.toBe(risks.locf[0]);
    // Carried forward, nothing comes before the first measurement; a line comes from it.
    const late = storeOf((signal, hour) => (signal === 0 && hour === 23 ? 130 : Number.NaN));
    const ofLate = await fillAndAssess(scorer, late, [0], ['key']);
    expect(ofLate.locf[0]).toBe(ofLate['training-mean'][0]);
    expect(ofLate.linear[0]).not.toBe(ofLate.locf[0]);
  });

  it('sums up as the scorer does, with every risk network of the release', async () => {
    await using several = await untrainedRelease({ members: 3 });
    const three = await RiskScorer.load(several.path, { engine: 'onnx-cpu' });
    const sparse = storeOf((signal, hour) => (signal < 3 && hour % 6 === 0 ? 60 + 10 * signal : Number.NaN));
    const filled = await fillAndAssess(three, sparse, [0], ['one key']);
    const mask = sparse.values.map((value) => (Number.isNaN(value) ? 0 : 1));
    const values = sparse.values.map((value) => (Number.isNaN(value) ? 0 : value));
    const window = { values, mask, noiseKey: 'one key', hoursSinceAdmission: 24, static: {} };
    const [score] = await three.score([window], 'risk');
    await three.close();
    for (const [part, id] of [
      ['median', 'served'],
      ['low', 'low'],
      ['high', 'high'],
    ] as const)
      expect(filled[id][0]).toBeCloseTo(score!.risk[part], 6);
  });

  it('lets the served median be within its interval, and depend on the noise where one sample does', async () => {
    const sparse = storeOf((signal, hour) => (signal < 3 && hour % 6 === 0 ? 60 + 10 * signal : Number.NaN));
    const [first, second] = [
      await fillAndAssess(scorer, sparse, [0], ['one key']),
      await fillAndAssess(scorer, sparse, [0], ['another key']),
    ];
    expect(first.low[0]!).toBeLessThan(first.served[0]!);
    expect(first.served[0]!).toBeLessThan(first.high[0]!);
    expect(second['one-sample'][0]).not.toBe(first['one-sample'][0]);
    expect(second.center[0]).toBe(first.center[0]);
  });
});
