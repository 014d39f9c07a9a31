import { TensorRuntime } from '#engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { startingWeights } from '../parts/starting-weights.js';
import type { WindowBatch } from '../training/window-batch.js';
import { decayedInputs, gruD } from './gru-d.js';
import { hourlyInputs } from './hourly-inputs.js';

/** One signal over four hours: 2, missing (imputed 9), missing, 4. */
const BATCH: WindowBatch = {
  signals: 1,
  hours: 4,
  staticSize: 1,
  count: 1,
  values: Float32Array.of(2, 9, 0, 4),
  mask: Float32Array.of(1, 0, 0, 1),
  static: Float32Array.of(0.5),
};

describe('GRU-D', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('cpu');
  });

  it('reads measured values, the last of them before the hour, and the time since', () => {
    const { values, mask, last, elapsed } = hourlyInputs(BATCH);
    expect([...values]).toEqual([2, 0, 0, 4]);
    expect([...mask]).toEqual([1, 0, 0, 1]);
    expect([...last]).toEqual([0, 2, 2, 2]);
    expect([...elapsed]).toEqual([0, 0.25, 0.5, 0.75]);
  });

  it('lets the last value decay towards the mean: not at all when no time has passed, by exp(−w · elapsed) afterwards', () => {
    const inputs = runtime.scope(() => {
      const tensor = (...values: number[]) => runtime.tensor(Float32Array.from(values), [4, 1, 1]);
      const weights = {
        'inputDecay.weight': runtime.tensor(Float32Array.of(2), [1, 1]),
        'inputDecay.bias': runtime.tensor(Float32Array.of(0), [1]),
      };
      const inputs = {
        values: tensor(7, 0, 0, 0),
        mask: tensor(1, 0, 0, 0),
        last: tensor(5, 5, 5, 5),
        elapsed: tensor(0, 0, 0.5, 1),
      };
      return runtime.read(decayedInputs(runtime.ops, weights, inputs));
    });
    expect([...inputs.slice(0, 2)]).toEqual([7, 5]);
    expect(inputs[2]).toBeCloseTo(5 * Math.exp(-1), 5);
    expect(inputs[3]).toBeCloseTo(5 * Math.exp(-2), 5);
  });

  it('follows the gated recurrent unit: one unit, worked out by hand', () => {
    const network = gruD({ units: 1, dropout: 0 });
    const size = { signals: 1, hours: 2, staticSize: 1 };
    const plan = network.plan(size).map((one) => ({ ...one, start: 'zeros' as const }));
    const weights = startingWeights(plan, () => 0);
    // inputs.weight: rows value and mask; columns reset, update, candidate
    weights['inputs.weight']!.values.set([0, 0, 1, 0, 0, 0.5]);
    weights['candidate.recurrent']!.values.set([2]);
    weights['stateDecay.weight']!.values.set([4]);
    weights['head.weight']!.values.set([10, 3]);
    weights['head.bias']!.values.set([1]);
    const batch = { ...BATCH, hours: 2, values: Float32Array.of(2, 0), mask: Float32Array.of(1, 0) };
    const [logit] = runtime.scope(() => runtime.read(network.logit(runtime.ops, runtime.tensors(weights), batch)));
    // hour 0: h = ½ tanh(2 + 0.5); both gates are σ(0) = ½
    const first = 0.5 * Math.tanh(2.5);
    // hour 1: half the window has passed, so the state decays by exp(−2); the last value, 2, does not (its slope is 0)
    const before = first * Math.exp(-2);
    const second = 0.5 * before + 0.5 * Math.tanh(2 + 2 * 0.5 * before);
    expect(logit).toBeCloseTo(10 * second + 3 * 0.5 + 1, 4);
  });
});
