import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  assessRisk,
  assessRisks,
  encodeWindow,
  initialWeights,
  NETWORK_PRESETS,
  predictVelocity,
  type HyperParameters,
  type NetworkWeights,
  type Ops,
} from '#network';
import type { Tensor } from '../tensorflow/tensor.js';
import { TensorRuntime } from '../tensorflow/tensor-runtime.js';

const HYPER: HyperParameters = { signals: 3, hours: 24, staticSize: 2, statistics: 2, ...NETWORK_PRESETS.tiny };
const WINDOW = HYPER.signals * HYPER.hours;
const CONTEXT = HYPER.hours * HYPER.imputer.channels;

/** A small congruential generator: the same numbers in every run. */
function seeded(): () => number {
  let state = 11;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

describe('what the networks promise', () => {
  const random = seeded();
  const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => 2 * random() - 1);
  let runtime: TensorRuntime;
  let ops: Ops<Tensor>;
  let weights: NetworkWeights;
  let before: number;

  beforeAll(async () => {
    runtime = await TensorRuntime.load('cpu');
    ops = runtime.ops;
    weights = initialWeights(HYPER, seeded());
    for (const { values } of Object.values(weights)) values.forEach((value, i) => (values[i] = value + 0.1 * random()));
  });
  beforeEach(() => {
    before = runtime.memory().tensors;
  });
  afterEach(() => {
    expect(runtime.memory().tensors).toBe(before);
  });

  /** The numbers that a piece of network gives. */
  function numbersOf(work: (w: Record<string, Tensor>) => Tensor): number[] {
    let result: number[] = [];
    runtime.scope(() => {
      result = [...runtime.read(work(runtime.tensors(weights)))];
    });
    return result;
  }

  const windows = (values: Float32Array): Tensor => runtime.tensor(values, [1, HYPER.signals, HYPER.hours]);
  const half = Float32Array.from({ length: WINDOW }, (_, i) => i % 2);
  const stay = Float32Array.of(0.5, -1);

  it('look at no noise under the mask', () => {
    const context = numbers(CONTEXT);
    const noise = numbers(WINDOW);
    const velocity = (noisy: Float32Array): number[] =>
      numbersOf((w) =>
        predictVelocity(ops, w, HYPER, {
          noisy: runtime.tensor(noisy, [1, 1, HYPER.signals, HYPER.hours]),
          mask: windows(half),
          context: runtime.tensor(context, [1, HYPER.hours, HYPER.imputer.channels]),
          step: runtime.tensor(Float32Array.of(0.5), [1, 1]),
        }),
      );
    const plain = velocity(noise);
    expect(velocity(noise.map((value, i) => (half[i] === 1 ? 99 : value)))).toEqual(plain);
    expect(velocity(noise.map((value, i) => (half[i] === 0 ? value + 1 : value)))).not.toEqual(plain);
  });

  it('see how far the noise has gone, and each sample by itself', () => {
    const context = numbers(CONTEXT);
    const noise = numbers(WINDOW);
    const velocity = (samples: Float32Array, steps: Float32Array): number[] =>
      numbersOf((w) =>
        predictVelocity(ops, w, HYPER, {
          noisy: runtime.tensor(samples, [1, samples.length / WINDOW, HYPER.signals, HYPER.hours]),
          mask: windows(half),
          context: runtime.tensor(context, [1, HYPER.hours, HYPER.imputer.channels]),
          step: runtime.tensor(steps, [1, steps.length]),
        }),
      );
    const both = velocity(Float32Array.of(...noise, ...noise), Float32Array.of(0.2, 0.9));
    const early = velocity(noise, Float32Array.of(0.2));
    both.slice(0, WINDOW).forEach((value, i) => expect(value).toBeCloseTo(early[i] as number, 5));
    expect(Math.max(...both.slice(WINDOW).map((value, i) => Math.abs(value - (early[i] as number))))).toBeGreaterThan(
      1e-3,
    );
  });

  it('tell a zero that was measured from one that is missing, one stay from another, and keep the spread above 0', () => {
    const encode = (part: 'context' | 'center' | 'spread', mask: Float32Array, who: Float32Array): number[] =>
      numbersOf(
        (w) =>
          encodeWindow(ops, w, HYPER, {
            values: windows(new Float32Array(WINDOW)),
            mask: windows(mask),
            hoursSince: windows(new Float32Array(WINDOW)),
            static: runtime.tensor(who, [1, HYPER.staticSize]),
          })[part],
      );
    for (const part of ['context', 'center', 'spread'] as const) {
      expect(encode(part, half, stay)).not.toEqual(encode(part, new Float32Array(WINDOW), stay));
      expect(encode(part, half, stay)).not.toEqual(encode(part, half, Float32Array.of(0.5, 1)));
    }
    expect(Math.min(...encode('spread', half, stay))).toBeGreaterThan(0);
  });

  it('never look at a value under a mask of 0', () => {
    const center = (values: Float32Array): number[] =>
      numbersOf(
        (w) =>
          encodeWindow(ops, w, HYPER, {
            values: windows(values.map((value, i) => value * (half[i] as number))),
            mask: windows(half),
            hoursSince: windows(new Float32Array(WINDOW)),
            static: runtime.tensor(stay, [1, HYPER.staticSize]),
          }).center,
      );
    const values = numbers(WINDOW);
    expect(center(values.map((value, i) => (half[i] === 0 ? 99 : value)))).toEqual(center(values));
  });

  it('read a window with each risk network by itself, side by side', () => {
    const three = { ...HYPER, risk: { ...HYPER.risk, members: 3 } };
    const all = initialWeights(three, seeded());
    const grid = numbers(WINDOW);
    const statistics = numbers(HYPER.signals * HYPER.statistics);
    const said = runtime.scope(() => {
      const w = runtime.tensors(all);
      const complete = {
        values: windows(grid),
        mask: windows(half),
        hoursSince: windows(half),
        statistics: runtime.tensor(statistics, [1, HYPER.signals, HYPER.statistics]),
        static: runtime.tensor(stay, [1, HYPER.staticSize]),
      };
      const together = assessRisks(ops, w, three, complete);
      const each = [0, 1, 2].map((member) => assessRisk(ops, w, three, complete, { training: false }, member));
      return {
        logit: runtime.read(together.logit),
        embedding: runtime.read(together.embedding),
        logits: each.flatMap(({ logit }) => [...runtime.read(logit)]),
        embeddings: each.flatMap(({ embedding }) => [...runtime.read(embedding)]),
      };
    });
    expect([...said.logit]).toEqual(said.logits);
    expect([...said.embedding]).toEqual(said.embeddings);
    expect(new Set(said.logits).size).toBe(3);
  });

  it('normalise by the batch in training, by the running averages afterwards', () => {
    const batch = 4;
    const arrays = [numbers(batch * WINDOW), numbers(batch * WINDOW), numbers(batch * WINDOW)];
    const risk = (w: Record<string, Tensor>, training: boolean): ReturnType<typeof assessRisk<Tensor>> => {
      const [values, mask, hoursSince] = arrays.map((array) =>
        runtime.tensor(array, [batch, HYPER.signals, HYPER.hours]),
      ) as [Tensor, Tensor, Tensor];
      const blank = (...shape: number[]): Tensor =>
        runtime.tensor(new Float32Array(shape.reduce((product, length) => product * length, 1)).fill(1), shape);
      const statistics = blank(batch, HYPER.signals, HYPER.statistics);
      const inputs = { values, mask, hoursSince, statistics, static: blank(batch, 2) };
      const { lstmUnits, statisticUnits } = HYPER.risk;
      const keepAll = { dropoutMask: blank(batch, lstmUnits), statisticMask: blank(batch, statisticUnits) };
      return assessRisk(ops, w, HYPER, inputs, training ? { training, ...keepAll } : { training: false });
    };
    const inTraining = numbersOf((w) => risk(w, true).logit);
    expect(numbersOf((w) => risk(w, false).logit)).not.toEqual(inTraining);
    // with the batch's own statistics as running averages, both are the same
    const statistics = { mean: [] as number[], variance: [] as number[] };
    for (const name of ['mean', 'variance'] as const)
      statistics[name] = numbersOf((w) => risk(w, true).batchStatistics[name]);
    weights['risk.norm.runningMean']?.values.set(statistics.mean);
    weights['risk.norm.runningVariance']?.values.set(statistics.variance);
    numbersOf((w) => risk(w, false).logit).forEach((value, i) => expect(value).toBeCloseTo(inTraining[i] as number, 4));
  });
});
