import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, SIGNAL_SETS } from '#clinical';
import { riskScoreSchema } from '#wire';
import { StayWindow } from '#windows';
import { ComputedScorer } from '../../../../test/support/scorer/computed-scorer.js';
import { assembleScore } from './assemble-score.js';
import { assembleWindow, type DueWindow } from './assemble-window.js';
import { scoreWindows, type ScoredWindow } from './score-windows.js';

const AT_MS = 30 * HOUR_MS;
const LIFE = { priorStayIds: [], lifeAtMs: 0, withdrawn: false };

function dueWindow(values: readonly number[] = [80]): DueWindow {
  const window = new StayWindow(0);
  for (const [index, value] of values.entries()) {
    const effectiveAtMs = AT_MS - index * HOUR_MS;
    window.merge({ signal: 'heart-rate', value, effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor' });
  }
  const stay = { stayId: 'a', site: 's', ward: 'w', bed: 'b', admittedAtMs: 0, static: {} };
  const state = { stay, window, due: { scorable: true }, ...LIFE, nextOffset: 1n, lastRecordAtMs: AT_MS };
  return assembleWindow(state, new ComputedScorer({ floor: { completeness: 0, hoursSinceAdmission: 0 } }).release);
}

function allMissing(signals: number): DueWindow['input'] {
  const empty = new Float32Array(signals * 24);
  return { values: empty, mask: empty, static: {}, hoursSinceAdmission: 30, noiseKey: 'a' };
}

async function scoreOf(window: DueWindow, scorer = new ComputedScorer()) {
  const [scored] = await scoreWindows([window], scorer);
  return assembleScore(scored!, scorer.release);
}

describe('assembleScore', () => {
  it('tells the risk alone where nothing else was computed', async () => {
    const nothing = new Float32Array(0);
    const risk = { median: 0.25, low: 0.125, high: 0.5 };
    const imputed = { median: nothing, low: nothing, high: nothing };
    const window = dueWindow([80, 100]);
    const score = assembleScore({ window, score: { risk, contributions: [], imputed } }, new ComputedScorer().release);
    expect(riskScoreSchema.parse(score)).toEqual(score);
    expect(score).toMatchObject({ risk, contributions: [], imputed: [] });
  });

  it('shows what was measured, what was imputed, how much, and the parts of NEWS2 that are missing', async () => {
    const score = await scoreOf(dueWindow([80, 100]));
    expect(riskScoreSchema.parse(score)).toEqual(score);
    expect(score.latest).toEqual([{ signal: 'heart-rate', value: 80, atMs: AT_MS }]);
    expect(score.completeness).toBeCloseTo(1 / 11, 12);
    expect(score.shareImputed).toBeCloseTo(1 - 2 / (11 * 24), 12);
    expect(score.news2).toMatchObject({ total: 0, parts: { 'heart-rate': 0 } });
    expect(score.news2.missing).toHaveLength(6);
    const heartRate = score.imputed.find(({ signal }) => signal === 'heart-rate')!;
    expect(heartRate.median.map((value) => value === null)).toEqual([...Array<boolean>(22).fill(false), true, true]);
  });

  it('tells the outcomes of the nearest training stays where the release holds some', async () => {
    const window = dueWindow();
    const [scored] = await scoreWindows([window], new ComputedScorer());
    const { release } = new ComputedScorer();
    expect(assembleScore(scored!, release)).not.toHaveProperty('nearest');
    const told: ScoredWindow = { window, score: { ...scored!.score!, nearest: { stays: 100, died: 31 } } };
    expect(riskScoreSchema.parse(assembleScore(told, release)).nearest).toEqual({ stays: 100, died: 31 });
    const few = { ...assembleScore(told, release), nearest: { stays: 19, died: 3 } };
    expect(riskScoreSchema.safeParse(few).success).toBe(false);
  });

  it('publishes no imputation of a signal that is only recorded where it happened', async () => {
    const scorer = new ComputedScorer({ signals: SIGNAL_SETS['icu-36'] });
    const window = { ...dueWindow(), input: allMissing(SIGNAL_SETS['icu-36'].length) };
    const signals = (await scoreOf(window, scorer)).imputed.map(({ signal }) => signal);
    expect(signals).toEqual(SIGNAL_SETS['icu-36'].filter((signal) => signal !== 'mechanical-ventilation'));
  });

  it('rounds what is imputed to four digits, so that a score is short', async () => {
    const { imputed } = await scoreOf(dueWindow());
    const numbers = imputed.flatMap(({ median, low, high }) => [...median, ...low, ...high]);
    for (const number of numbers) expect(number === null || Number(number.toPrecision(4)) === number).toBe(true);
  });

  it('gives equal windows equal bytes, and says a refusal with its reason and without a number', async () => {
    expect(JSON.stringify(await scoreOf(dueWindow()))).toBe(JSON.stringify(await scoreOf(dueWindow())));
    const away = new ComputedScorer();
    away.unavailable = true;
    const refused = await scoreOf(dueWindow(), away);
    expect(refused).toMatchObject({ refusedBecause: 'model-unavailable', contributions: [], imputed: [] });
    expect(refused.risk).toBeUndefined();
    const early = { ...dueWindow(), refusal: 'too-early' as const };
    expect((await scoreOf(early, away)).refusedBecause).toBe('too-early');
  });
});
