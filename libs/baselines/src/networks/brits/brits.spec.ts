import { TensorRuntime, type Tensor } from '#engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { NetworkWeights } from '#network';
import { startingWeights } from '../parts/starting-weights.js';
import { keyedRandom } from '../training/keyed-random.js';
import type { HiddenBatch, WindowBatch } from '../training/window-batch.js';
import { bothWays, hoursFirst, turnHours } from './both-ways.js';
import { imputationLoss, meanOfDirections } from './imputation-loss.js';
import { planRits, runRits } from './rits.js';

/** One window of one or two signals over a few hours. */
function windowOf(rows: (number | undefined)[][]): WindowBatch {
  const all = rows.flat();
  return {
    signals: rows.length,
    hours: rows[0]!.length,
    staticSize: 0,
    count: 1,
    values: Float32Array.from(all, (value) => value ?? 0),
    mask: Float32Array.from(all, (value) => Number(value !== undefined)),
    static: new Float32Array(0),
  };
}

describe('both directions', () => {
  it('turns the hours round and counts the hours since the last observation on either way', () => {
    expect(turnHours(Float32Array.of(1, 2, 3, 4, 5, 6), 3)).toEqual(Float32Array.of(3, 2, 1, 6, 5, 4));
    const { values, mask, elapsed } = bothWays(windowOf([[7, undefined, undefined, 8]]));
    expect([...values]).toEqual([7, 0, 0, 8, 8, 0, 0, 7]);
    expect([...mask]).toEqual([1, 0, 0, 1, 1, 0, 0, 1]);
    expect([...elapsed].map((share) => share * 4)).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  });

  it('lays hours first', () => {
    const batch = {
      ...windowOf([
        [1, 2],
        [3, 4],
      ]),
      count: 2,
    };
    expect([...hoursFirst(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), batch)]).toEqual([1, 3, 5, 7, 2, 4, 6, 8]);
  });
});

describe('BRITS', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('cpu');
  });

  /** Weights as planned, all zero but for those given. */
  function weightsOf(units: number, batch: WindowBatch, given: Record<string, number[]>): NetworkWeights {
    const plan = planRits(units, batch).map((one) => ({ ...one, start: 'zeros' as const }));
    const weights = startingWeights(plan, () => 0);
    for (const [name, values] of Object.entries(given)) weights[name]!.values.set(values);
    return weights;
  }

  function run<R>(weights: NetworkWeights, work: (arrays: Record<string, Tensor>) => R): R {
    return runtime.scope(() => work(runtime.tensors(weights)));
  }

  it('follows the equations of the paper: one signal, one unit, worked out by hand', () => {
    const batch = windowOf([[1, undefined, undefined]]);
    // gates see the filled value only; input gate open by its bias, output gate half open, forget gate closed by half
    const weights = weightsOf(1, batch, {
      'history.weight': [2, 0],
      'history.bias': [0.5, 0],
      'stateDecay.weight': [3, 0],
      'lstm.weight': [0, 0, 0, 1, 0, 0, 0, 0],
    });
    const [history, combined] = run(weights, (arrays) => {
      const found = runRits(runtime.ops, arrays, 1, batch);
      return [runtime.read(found.history), runtime.read(found.combined)] as const;
    });
    // hour 0: the state is 0, so the estimate is the bias
    expect(history[0]).toBeCloseTo(0.5, 6);
    // hour 1: cell = ½ tanh 1 (all gates but the candidate are σ(0) = ½), state = ½ tanh(cell); x̂ = 2 · state + 0.5
    const cell = 0.5 * Math.tanh(1);
    const second = 2 * (0.5 * Math.tanh(cell)) + 0.5;
    expect(history[1]).toBeCloseTo(second, 6);
    // the other signals say 0 (there are none) and weigh one half: ĉ = x̂ / 2 goes on in place of the missing value
    expect(combined[1]).toBeCloseTo(second / 2, 6);
    const next = 0.5 * cell + 0.5 * Math.tanh(second / 2);
    expect(history[2]).toBeCloseTo(2 * (0.5 * Math.tanh(next)) + 0.5, 6);
  });

  it('lets the state decay by exp(−max(0, w · elapsed))', () => {
    const batch = windowOf([[1, undefined]]);
    // the candidate sees the decayed state only, with weight 1: hour 0 leaves tanh(½ · tanh(4)) / 2 behind
    const given = { 'lstm.bias': [0, 0, 0, 4], 'lstm.recurrent': [0, 0, 0, 1] };
    const lastOf = (slope: number): number =>
      run(weightsOf(1, batch, { ...given, 'stateDecay.weight': [slope] }), (arrays) =>
        runtime.read(runRits(runtime.ops, arrays, 1, batch).last),
      )[0]!;
    const cell = 0.5 * Math.tanh(4);
    const state = 0.5 * Math.tanh(cell);
    const after = (decay: number): number => 0.5 * Math.tanh(0.5 * cell + 0.5 * Math.tanh(4 + decay * state));
    // one hour of two has passed: elapsed is ½
    expect(lastOf(3)).toBeCloseTo(after(Math.exp(-1.5)), 6);
    expect(lastOf(0)).toBeCloseTo(after(1), 6);
    expect(lastOf(-3)).toBeCloseTo(after(1), 6);
  });

  it('estimates a signal from the others of the hour, never from itself', () => {
    const batch = windowOf([[1], [10]]);
    const weights = weightsOf(1, batch, { 'features.weight': [5, 2, 3, 7, 5, 2, 3, 7] });
    const features = run(weights, (arrays) => runtime.read(runRits(runtime.ops, arrays, 1, batch).features));
    expect([...features]).toEqual([30, 2, 30, 2]);
  });

  it('means both directions in the order of the clock, and adds a tenth of their difference to the loss', () => {
    const batch = windowOf([[2, undefined]]);
    // an estimate that is the bias alone: 1 forwards, 3 backwards; the features say 0, so both weighed are ½ and 1½
    const weights = weightsOf(1, batch, { 'history.bias': [1, 3] });
    const hidden: HiddenBatch = { ...batch, hidden: Float32Array.of(0, 1), truth: Float32Array.of(2, 4) };
    const [mean, loss] = run(weights, (arrays) => {
      const found = runRits(runtime.ops, arrays, 1, batch);
      return [
        runtime.read(meanOfDirections(runtime.ops, found, batch)),
        runtime.read(imputationLoss(runtime.ops, found, hidden)),
      ] as const;
    });
    expect([...mean]).toEqual([1, 1]);
    // history: |1−2|, |1−4|, |3−4|, |3−2| → 6/4; features 0: 2, 4, 4, 2 → 3; weighed: 1.5, 3.5, 2.5, 0.5 → 2; difference 1
    expect(loss[0]).toBeCloseTo(1.5 + 3 + 2 + 0.1, 5);
  });

  it('tells hours apart when it runs backwards', () => {
    const batch = windowOf([[undefined, undefined, 1]]);
    const weights = startingWeights(planRits(3, batch), keyedRandom('backwards'));
    // forwards nothing is known before the last hour; backwards the state of the first two hours has seen it
    const [a, b] = run(weights, (arrays) => {
      const found = (value: number): Float32Array =>
        runtime.read(runRits(runtime.ops, arrays, 3, { ...batch, values: Float32Array.of(0, 0, value) }).history);
      return [found(1), found(2)];
    }) as [Float32Array, Float32Array];
    const changed = [...a].map((value, at) => Math.abs(value - b[at]!) > 1e-6);
    expect(changed).toEqual([false, false, false, false, true, true]);
  });
});
