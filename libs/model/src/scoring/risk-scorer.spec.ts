import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrainingNeighbours } from '../neighbours/training-neighbours.js';
import { keyedNormals } from '../noise/keyed-normals.js';
import { SignalNormaliser } from '../normalisation/signal-normaliser.js';
import { assessWindows } from './assess-windows.js';
import { encodeForNetworks } from './encoded-window.js';
import { imputeWindows } from './impute-windows.js';
import { leaveOutSignal } from './leave-out-signal.js';
import { RiskScorer } from './risk-scorer.js';
import { centralInterval } from './sample-quantiles.js';
import { TEST_DESCRIPTION, writeTestRelease } from './test-release.js';
import type { WindowToScore } from './window-score.js';

const SIZE = TEST_DESCRIPTION.signals.length * 24;
const HEART_RATE = 0;
const SODIUM = TEST_DESCRIPTION.signals.indexOf('sodium');

/** A made-up window: heart rate every hour, sodium once, other signals at random hours. */
function windowOf(key: string): WindowToScore {
  const draws = keyedNormals(key, SIZE);
  const mask = draws.map((draw, entry) => {
    const signal = Math.floor(entry / 24);
    if (signal === HEART_RATE) return 1;
    if (signal === SODIUM) return Number(entry % 24 === 20);
    return Number(draw > 1 && signal < 5);
  });
  const values = mask.map((measured, entry) => {
    if (measured === 0) return 0;
    const usual = Math.floor(entry / 24) === SODIUM ? 140 : 80;
    return usual + 5 * draws[entry]!;
  });
  return { values, mask, static: { ageYears: 71, sex: 'female' }, hoursSinceAdmission: 30, noiseKey: key };
}

describe('RiskScorer', () => {
  let scorer: RiskScorer;
  let release: Awaited<ReturnType<typeof writeTestRelease>>;

  beforeAll(async () => {
    release = await writeTestRelease();
    scorer = await RiskScorer.load(release.directory, { engine: 'onnx-cpu', threads: 1 });
  });

  afterAll(async () => {
    await scorer.close();
    await release.remove();
  });

  it('gives a probability with an interval around it', async () => {
    const [score] = await scorer.score([windowOf('a')]);
    const { low, median, high } = score!.risk;
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThan(median);
    expect(median).toBeLessThan(high);
    expect(high).toBeLessThan(1);
  });

  it('gives the same bytes for the same window and key in any batch, at any place', async () => {
    const window = windowOf('b');
    const [alone] = await scorer.score([window]);
    const others = Array.from({ length: 19 }, (_, index) => windowOf(`other ${index}`));
    const crowd = await scorer.score([...others.slice(0, 17), window, ...others.slice(17)]);
    expect(crowd).toHaveLength(20);
    expect(crowd[17]).toEqual(alone);
  });

  it('gives the same risk to the bit where the risk alone is asked for, and nothing else', async () => {
    const windows = Array.from({ length: 17 }, (_, index) => windowOf(`risk ${index}`));
    const whole = await scorer.score(windows);
    const alone = await scorer.score(windows, 'risk');
    expect(alone.map(({ risk }) => risk)).toEqual(whole.map(({ risk }) => risk));
    expect(whole.every(({ contributions }) => contributions.length > 0)).toBe(true);
    expect(alone.every(({ contributions, imputed }) => contributions.length + imputed.median.length === 0)).toBe(true);
  });

  it('draws other samples for another key', async () => {
    const window = windowOf('c');
    const [first, second] = await scorer.score([window, { ...window, noiseKey: 'another' }]);
    expect(second!.imputed.high).not.toEqual(first!.imputed.high);
    // the median is the imputer's own, and no draw
    expect(second!.imputed.median).toEqual(first!.imputed.median);
    expect(second!.risk).not.toEqual(first!.risk);
  });

  it('keeps what was measured, and imputes possible values with an interval elsewhere', async () => {
    const window = windowOf('d');
    const [score] = await scorer.score([window]);
    const { median, low, high } = score!.imputed;
    let gaps = 0;
    for (let entry = 0; entry < SIZE; entry++) {
      if (window.mask[entry] === 1) {
        expect([median[entry], low[entry], high[entry]]).toEqual(Array(3).fill(window.values[entry]));
      } else {
        gaps++;
        expect(low[entry]!).toBeLessThanOrEqual(median[entry]!);
        expect(median[entry]!).toBeLessThanOrEqual(high[entry]!);
      }
    }
    const sodium = median.slice(SODIUM * 24, SODIUM * 24 + 20);
    for (const value of sodium) {
      expect(value).toBeGreaterThanOrEqual(80);
      expect(value).toBeLessThanOrEqual(220);
    }
    expect(gaps).toBeGreaterThan(100);
  });

  it('names the contributions of measured signals, strongest first', async () => {
    const window = windowOf('e');
    const [score] = await scorer.score([window]);
    const strengths = score!.contributions.map(({ logOdds }) => Math.abs(logOdds));
    expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
    const named = score!.contributions.map(({ signal }) => signal);
    expect(named).toContain('heart-rate');
    expect(named).toContain('sodium');
    expect(named).not.toContain('spo2');
  });

  it('scores a window without any measurement, and an empty batch', async () => {
    const empty = { ...windowOf('f'), values: new Float32Array(SIZE), mask: new Float32Array(SIZE) };
    const [score] = await scorer.score([empty]);
    expect(score!.contributions).toEqual([]);
    expect(Number.isFinite(score!.risk.median)).toBe(true);
    expect(await scorer.score([])).toEqual([]);
  });

  it('reads windows whose gaps were filled by someone else, with the same calibration', async () => {
    const { hyper, normaliser, signals, staticScales, sampler } = scorer.manifest;
    const window = windowOf('filled');
    const { hoursSinceAdmission } = window;
    const scale = new SignalNormaliser(signals, normaliser);
    const encoded = { ...encodeForNetworks(window, hyper.hours, scale, staticScales), hoursSinceAdmission };
    const [imputed] = await imputeWindows(scorer.engine, [encoded], [window.noiseKey], sampler);
    const risks = await scorer.risksOfFilled(imputed!.samples.map((values) => ({ ...encoded, values })));
    const [score] = await scorer.score([window]);
    // Filled with the scorer's own samples, the windows have the risks that the score sums up.
    expect(centralInterval(risks)).toEqual(score!.risk);
    const [other] = await scorer.risksOfFilled([encoded]);
    expect(risks).not.toContain(other);
    expect(await scorer.risksOfFilled([])).toEqual([]);
  });

  it('sums up the samples as every risk network reads them, and explains the mean of their log odds', async () => {
    const { hyper } = TEST_DESCRIPTION;
    const several = await writeTestRelease({ hyper: { ...hyper, risk: { ...hyper.risk, members: 3 } } });
    const three = await RiskScorer.load(several.directory, { engine: 'onnx-cpu' });
    const window = windowOf('three');
    const [score] = await three.score([window]);
    // read apart, each network gives another risk; together they give an interval that holds the spread of all
    const { signals, normaliser, staticScales, sampler } = three.manifest;
    const encoded = encodeForNetworks(window, 24, new SignalNormaliser(signals, normaliser), staticScales);
    const [imputed] = await imputeWindows(three.engine, [encoded], [window.noiseKey], sampler);
    const read = await assessWindows(
      three.engine,
      imputed!.samples.map((values) => ({ ...encoded, values })),
    );
    const risks = read.flatMap(({ logits }) => [...logits].map((logit) => 1 / (1 + Math.exp(-logit))));
    expect(risks).toHaveLength(3 * sampler.samples);
    const expected = centralInterval(risks);
    for (const part of ['low', 'median', 'high'] as const) expect(score!.risk[part]).toBeCloseTo(expected[part], 9);
    const whole = { ...encoded, values: imputed!.center };
    const [heartRate] = await assessWindows(three.engine, [leaveOutSignal(whole, HEART_RATE, 24)]);
    const [complete] = await assessWindows(three.engine, [whole]);
    const mean = ({ logits }: { logits: Float32Array }): number => (logits[0]! + logits[1]! + logits[2]!) / 3;
    const told = score!.contributions.find(({ signal }) => signal === 'heart-rate')!;
    expect(told.logOdds).toBeCloseTo(mean(complete!) - mean(heartRate!), 6);
    await three.close();
    await several.remove();
  });

  it('tells how many of the nearest training stays died, where the release holds some', async () => {
    const window = windowOf('near');
    expect((await scorer.score([window]))[0]).not.toHaveProperty('nearest');
    const { hyper, signals, normaliser, staticScales, sampler } = scorer.manifest;
    const encoded = encodeForNetworks(window, hyper.hours, new SignalNormaliser(signals, normaliser), staticScales);
    const [imputed] = await imputeWindows(scorer.engine, [encoded], [window.noiseKey], sampler);
    const filled = { ...encoded, values: imputed!.center, hoursSinceAdmission: 30 };
    const [own] = await scorer.embeddingsOfFilled([filled]);
    // thirty stays at the window's own place, of which every third died, and thirty far off, of which all did
    const near = Array.from({ length: 30 }, () => own!);
    const far = Array.from({ length: 30 }, () => own!.map((value) => value + 10));
    const neighbours = TrainingNeighbours.of(
      [...far, ...near],
      [...far.map(() => true), ...near.map((_, at) => at % 3 === 0)],
    );
    const held = await writeTestRelease({ nearest: { stays: 30 } }, neighbours);
    const holder = await RiskScorer.load(held.directory, { engine: 'onnx-cpu' });
    expect((await holder.score([window]))[0]!.nearest).toEqual({ stays: 30, died: 10 });
    await holder.close();
    await held.remove();
  });

  it('refuses a window of another size', async () => {
    const short = { ...windowOf('g'), values: new Float32Array(3) };
    await expect(scorer.score([short])).rejects.toThrow(`values hold 3 numbers, expected ${SIZE}`);
  });

  it('does not serve a release of the paper preset, but lets it be measured', async () => {
    const training = {
      preset: 'paper' as const,
      command: 'npm run train',
      seed: 1,
      epochs: 1,
      teacherShare: 0,
      dataDigest: '0'.repeat(64),
      datasets: [],
      wallMinutes: 1,
    };
    const paper = await writeTestRelease({ stage: 'research', training });
    await expect(RiskScorer.load(paper.directory)).rejects.toThrow('trained with the paper preset');
    const measured = await RiskScorer.load(paper.directory, { engine: 'onnx-cpu', forEvaluationOnly: true });
    expect(await measured.score([windowOf('h')])).toHaveLength(1);
    await measured.close();
    await paper.remove();
  });
});
