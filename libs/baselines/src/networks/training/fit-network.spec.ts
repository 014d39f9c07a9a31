import { TensorRuntime } from '#engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { FitOptions } from '../../methods/fit-options.js';
import { fitNetwork, type NetworkFit } from './fit-network.js';

describe('fitNetwork', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('cpu');
  });

  /** Learns one number that starts at 0; the loss is its squared distance from 1, and validation says what it is told to. */
  function fitOf(errors: number[], options: Partial<FitOptions> = {}, change: Partial<NetworkFit> = {}): NetworkFit {
    let epoch = 0;
    return {
      runtime,
      plan: [
        { name: 'a', shape: [1], start: 'zeros' },
        { name: 'unused', shape: [1], start: 'zeros' },
      ],
      windows: 10,
      settings: { batchSize: 4, learningRates: [0.1] },
      options: { seed: 1, epochs: errors.length, patience: 2, runtime, ...options },
      lossOf: ({ a }) => ({ loss: runtime.ops.reduceSum(runtime.ops.square(runtime.ops.offset(a!, -1)), [0]) }),
      validate: () => ({ error: errors[epoch++]!, text: 'told' }),
      ...change,
    };
  }

  it('ends after `patience` epochs without a better validation and keeps the weights of the best', async () => {
    const before = runtime.memory().tensors;
    const stopped = await fitNetwork(fitOf([5, 3, 4, 3, 1]));
    expect(stopped.errors).toEqual([5, 3, 4, 3]);
    const known: number[] = [];
    const whole = await fitNetwork(
      fitOf(
        [3, 2, 1],
        {},
        {
          validate: ({ a }) => {
            known.push(runtime.read(a!)[0]!);
            return { error: [3, 1, 2][known.length - 1]!, text: '' };
          },
        },
      ),
    );
    expect(whole.weights['a']!.values[0]).toBe(known[1]);
    expect(known[0]).toBeLessThan(known[1]!);
    expect(runtime.memory().tensors).toBe(before);
  });

  it('tries each of several rates for a quarter of the epochs and trains with the best in full', async () => {
    const before = runtime.memory().tensors;
    const told: string[] = [];
    const fit = fitOf([3, 2, 5, 4, 9, 9, 9, 9, 9, 9, 9, 9], {
      epochs: 8,
      patience: 8,
      onProgress: (_share, text) => told.push(text),
    });
    const found = await fitNetwork({ ...fit, settings: { batchSize: 4, learningRates: [0.2, 0.1] } });
    // two epochs with each rate: least errors 2 and 4
    expect(found.learningRate).toBe(0.2);
    expect(found.errors).toHaveLength(8);
    expect(told.slice(0, 5)).toEqual([
      'trial of rate 0.2, epoch 1 of 2: told',
      'trial of rate 0.2, epoch 2 of 2: told',
      'trial of rate 0.1, epoch 1 of 2: told',
      'trial of rate 0.1, epoch 2 of 2: told',
      'epoch 1 of 8: told',
    ]);
    expect(runtime.memory().tensors).toBe(before);
    await expect(fitNetwork({ ...fit, settings: { learningRates: [] } })).rejects.toThrow('no learning rate was given');
  });

  it('takes every window at most once an epoch in full batches, in an order that the seed decides', async () => {
    const ordersOf = async (seed: number): Promise<number[][]> => {
      const batches: number[][] = [];
      const fit = fitOf([1], { seed });
      await fitNetwork({
        ...fit,
        lossOf: (weights, rows, random) => (batches.push([...rows]), fit.lossOf(weights, rows, random)),
      });
      return batches;
    };
    const once = await ordersOf(1);
    expect(once.map(({ length }) => length)).toEqual([4, 4]);
    expect(new Set(once.flat()).size).toBe(8);
    expect(await ordersOf(1)).toEqual(once);
    expect(await ordersOf(2)).not.toEqual(once);
  });

  it('keeps running averages of what a step reports, under the name of the array that follows them', async () => {
    let step = 0;
    const plan: NetworkFit['plan'] = [
      { name: 'a', shape: [1], start: 'zeros' },
      { name: 'mean', shape: [1], start: 'zeros' },
    ];
    const fit = fitOf([1], {}, { plan });
    const { weights } = await fitNetwork({
      ...fit,
      lossOf: (arrays, rows, random) => ({
        ...fit.lossOf(arrays, rows, random),
        report: { mean: runtime.tensor(Float32Array.of([10, 20][step++]!), [1]) },
      }),
    });
    // the first step counts whole, of the second one share in eleven is kept: 10 / 11 + 20 · 10 / 11
    expect(weights['mean']!.values[0]).toBeCloseTo(19.0909, 3);
  });

  it('stops where it is told to, with the reason, and leaves no tensor behind', async () => {
    const before = runtime.memory().tensors;
    const abort = new AbortController();
    const told: [number, string][] = [];
    const fit = fitOf([3, 2, 1], {
      signal: abort.signal,
      onProgress: (share, text) => {
        told.push([share, text]);
        abort.abort(new Error('the night is over'));
      },
    });
    await expect(fitNetwork(fit)).rejects.toThrow('the night is over');
    expect(told).toEqual([[1 / 3, 'epoch 1 of 3: told']]);
    expect(runtime.memory().tensors).toBe(before);
  });

  it('says where it diverged, and what it needs', async () => {
    const lossOf: NetworkFit['lossOf'] = ({ a }) => ({
      loss: runtime.ops.reduceSum(runtime.ops.log(runtime.ops.offset(a!, -1)), [0]),
    });
    await expect(fitNetwork(fitOf([1], {}, { lossOf }))).rejects.toThrow('the loss is NaN at 1|epoch 0|batch 0');
    await expect(fitNetwork(fitOf([1], {}, { windows: 0 }))).rejects.toThrow('there are no training windows');
  });
});
