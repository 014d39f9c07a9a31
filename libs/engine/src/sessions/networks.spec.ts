import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  assessRisk,
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

const HYPER: HyperParameters = { signals: 3, hours: 24, staticSize: 2, ...NETWORK_PRESETS.tiny };
const WINDOW = HYPER.signals * HYPER.hours;

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
    const context = numbers(WINDOW * HYPER.channels);
    const noise = numbers(WINDOW);
    const velocity = (noisy: Float32Array): number[] =>
      numbersOf((w) =>
        predictVelocity(ops, w, HYPER, {
          noisy: runtime.tensor(noisy, [1, 1, HYPER.signals, HYPER.hours]),
          mask: windows(half),
          context: runtime.tensor(context, [1, HYPER.signals, HYPER.hours, HYPER.channels]),
          step: runtime.tensor(Float32Array.of(0.5), [1, 1]),
        }),
      );
    const plain = velocity(noise);
    expect(velocity(noise.map((value, i) => (half[i] === 1 ? 99 : value)))).toEqual(plain);
    expect(velocity(noise.map((value, i) => (half[i] === 0 ? value + 1 : value)))).not.toEqual(plain);
  });

  it('see how far the noise has gone, and each sample by itself', () => {
    const context = numbers(WINDOW * HYPER.channels);
    const noise = numbers(WINDOW);
    const velocity = (samples: Float32Array, steps: Float32Array): number[] =>
      numbersOf((w) =>
        predictVelocity(ops, w, HYPER, {
          noisy: runtime.tensor(samples, [1, samples.length / WINDOW, HYPER.signals, HYPER.hours]),
          mask: windows(half),
          context: runtime.tensor(context, [1, HYPER.signals, HYPER.hours, HYPER.channels]),
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

  it('tell a zero that was measured from one that is missing, and one stay from another', () => {
    const context = (mask: Float32Array, who: Float32Array): number[] =>
      numbersOf((w) =>
        encodeWindow(ops, w, HYPER, {
          values: windows(new Float32Array(WINDOW)),
          mask: windows(mask),
          static: runtime.tensor(who, [1, HYPER.staticSize]),
        }),
      );
    expect(context(half, stay)).not.toEqual(context(new Float32Array(WINDOW), stay));
    expect(context(half, stay)).not.toEqual(context(half, Float32Array.of(0.5, 1)));
  });

  it('normalise by the batch in training, by the running averages afterwards', () => {
    const batch = 4;
    const arrays = [numbers(batch * WINDOW), numbers(batch * WINDOW), numbers(batch * WINDOW)];
    const risk = (w: Record<string, Tensor>, training: boolean): ReturnType<typeof assessRisk<Tensor>> => {
      const [values, mask, hoursSince] = arrays.map((array) =>
        runtime.tensor(array, [batch, HYPER.signals, HYPER.hours]),
      ) as [Tensor, Tensor, Tensor];
      const inputs = { values, mask, hoursSince, static: runtime.tensor(new Float32Array(batch * 2), [batch, 2]) };
      const { lstmUnits } = HYPER.risk;
      const keepAll = runtime.tensor(new Float32Array(batch * lstmUnits).fill(1), [batch, lstmUnits]);
      return assessRisk(ops, w, HYPER, inputs, training ? { training, dropoutMask: keepAll } : { training: false });
    };
    const inTraining = numbersOf((w) => risk(w, true).logit);
    expect(numbersOf((w) => risk(w, false).logit)).not.toEqual(inTraining);
    // with the batch's own statistics as running averages, both are the same
    const statistics = { mean: [] as number[], variance: [] as number[] };
    for (const name of ['mean', 'variance'] as const)
      statistics[name] = numbersOf((w) => risk(w, true).statistics[name]);
    weights['risk.norm.runningMean']?.values.set(statistics.mean);
    weights['risk.norm.runningVariance']?.values.set(statistics.variance);
    numbersOf((w) => risk(w, false).logit).forEach((value, i) => expect(value).toBeCloseTo(inTraining[i] as number, 4));
  });
});
