import { beforeAll, describe, expect, it } from '@jest/globals';
import type { NetworkWeights, Ops } from '#network';
import type { Tensor } from '../tensorflow/tensor.js';
import { TensorRuntime } from '../tensorflow/tensor-runtime.js';
import type { LossFunction } from './adam-trainer.js';

const weightsOf = (...values: number[]): NetworkWeights => ({
  a: { shape: [values.length], values: Float32Array.from(values) },
  unused: { shape: [1, 2], values: Float32Array.of(7, 8) },
});

describe.each(['cpu', 'wasm'] as const)('training on %s', (backend) => {
  let runtime: TensorRuntime;
  let ops: Ops<Tensor>;
  beforeAll(async () => {
    runtime = await TensorRuntime.load(backend);
    ops = runtime.ops;
  });

  const of = (shape: number[], ...values: number[]): Tensor => ops.constant(Float32Array.from(values), shape);
  const numbers = (weights: NetworkWeights, name: string): number[] => [...(weights[name]?.values ?? [])];
  /** Σ a² */
  const squares: LossFunction = ({ a }) => ({ loss: ops.reduceSum(ops.square(a as Tensor), [0]) });

  /** Gradient of a function of one vector, by the engine and by differences. */
  function expectGradient(f: (a: Tensor) => Tensor, at: number[]): void {
    const trainer = runtime.adam(weightsOf(...at));
    const loss: LossFunction = ({ a }) => {
      const result = f(a as Tensor);
      // unequal factors, so that errors cannot cancel in the sum
      const factors = Float32Array.from({ length: result.size }, (_, i) => 1 + 0.5 * Math.sin(i));
      const weighed = ops.multiply(ops.reshape(result, [-1]), ops.constant(factors, [result.size]));
      return { loss: ops.reduceSum(weighed, [0]) };
    };
    const gradient = numbers(trainer.gradients(loss).gradients, 'a');
    trainer.dispose();
    const step = 1e-2;
    at.forEach((_, i) => {
      const [up, down] = [step, -step].map((change) => {
        const moved = runtime.adam(weightsOf(...at.map((value, k) => (k === i ? value + change : value))));
        const value = moved.gradients(loss).loss;
        moved.dispose();
        return value;
      }) as [number, number];
      expect(gradient[i]).toBeCloseTo((up - down) / (2 * step), 2);
    });
  }

  it('takes the steps of Adam: the first is the learning rate, whatever the gradient', () => {
    const trainer = runtime.adam(weightsOf(3, -40), { learningRate: 0.1 });
    const result = trainer.step(squares);
    expect(result.loss).toBeCloseTo(1609, 3);
    expect(result.gradientNorm).toBeCloseTo(Math.hypot(6, 80), 3);
    const [a, b] = numbers(trainer.exportWeights(), 'a') as [number, number];
    expect(a).toBeCloseTo(2.9, 5);
    expect(b).toBeCloseTo(-39.9, 5);
    expect(numbers(trainer.exportWeights(), 'unused')).toEqual([7, 8]);
    for (let i = 0; i < 80; i++) trainer.step(squares);
    expect(Math.abs(numbers(trainer.exportWeights(), 'a')[0] as number)).toBeLessThan(0.5);
    trainer.dispose();
  });

  it('goes on from an exported state as if it had never stopped', () => {
    const options = { learningRate: 0.1, clipNorm: 1, averageDecay: 0.9 };
    const [straight, stopped, resumed] = [0, 1, 2].map(() => runtime.adam(weightsOf(1, 2), options));
    for (let i = 0; i < 6; i++) straight?.step(squares);
    for (let i = 0; i < 3; i++) stopped?.step(squares);
    resumed?.importState(JSON.parse(JSON.stringify(stopped?.exportState()), reviveArrays) as never);
    for (let i = 0; i < 3; i++) resumed?.step(squares);
    expect(resumed?.exportState()).toEqual(straight?.exportState());
    expect(resumed?.exportWeights('averaged')).not.toEqual(resumed?.exportWeights());
    for (const trainer of [straight, stopped, resumed]) trainer?.dispose();
  });

  it('assigns what no gradient moves, and leaves no tensor behind', () => {
    const before = runtime.memory().tensors;
    const trainer = runtime.adam(weightsOf(1, 2), { averageDecay: 0.9 });
    trainer.assign('unused', Float32Array.of(5, 6));
    const { report } = trainer.step((weights) => ({
      ...squares(weights),
      report: { seen: weights['unused'] as Tensor },
    }));
    expect([...(report['seen'] ?? [])]).toEqual([5, 6]);
    expect(numbers(trainer.exportWeights('averaged'), 'unused')).toEqual([5, 6]);
    expect([...trainer.evaluate(({ a }) => runtime.read(ops.scale(a as Tensor, 0)))]).toEqual([0, 0]);
    expect(() => trainer.assign('unused', new Float32Array(3))).toThrow('takes 2 numbers; 3 were given');
    expect(() => trainer.assign('nobody', new Float32Array(3))).toThrow('no weight "nobody"');
    trainer.dispose();
    expect(runtime.memory().tensors).toBe(before);
  });

  it('moves nothing when the loss is not a number', () => {
    const trainer = runtime.adam(weightsOf(-1));
    expect(trainer.step(({ a }) => ({ loss: ops.reduceSum(ops.log(a as Tensor), [0]) })).loss).toBeNaN();
    expect(numbers(trainer.exportWeights(), 'a')).toEqual([-1]);
    trainer.dispose();
  });

  it('differentiates what is written out by hand, and the rest, as differences do', () => {
    const vector = [0.3, -0.7, 1.1, 0.4];
    expectGradient((a) => ops.gelu(a), vector);
    expectGradient((a) => ops.layerNorm(ops.reshape(a, [2, 2]), of([2], 1.5, 0.5), of([2], 0, 1)), [0.3, -0.7, 1.1, 2]);
    const wide = [0.3, -0.7, 1.1, 2, 3, 5];
    expectGradient((a) => ops.layerNorm(ops.reshape(a, [2, 3]), of([3], 1.5, 0.5, -1), of([3], 0, 1, 2)), wide);
    expectGradient((a) => ops.layerNorm(of([2, 4], 1, 2, 4, 3, 0, 1, 5, 2), a, of([4], 0, 0, 0, 0)), vector);
    expectGradient((a) => ops.layerNorm(of([2, 4], 1, 2, 4, 3, 0, 1, 5, 2), of([4], 1, 1, 1, 1), a), vector);
    const places = (a: Tensor, at: number): Tensor[] =>
      [0, 1, 2].map((i) => (i === at ? ops.reshape(a, [1, 2, 2]) : of([1, 2, 2], 1 - i, 0.5, -0.3, 0.2 + i)));
    for (const at of [0, 1, 2]) {
      expectGradient((a) => ops.attention(...(places(a, at) as [Tensor, Tensor, Tensor])), vector);
    }
    expectGradient((a) => ops.linear(of([3, 2], 1, 2, 3, 4, 5, 6), of([2, 4], 1, 2, 3, 4, 5, 6, 7, 8), a), vector);
    expectGradient((a) => ops.linear(ops.reshape(a, [2, 2]), of([2, 1], 1, 2), of([1], 1)), vector);
    expectGradient((a) => ops.relu(a), vector);
    expectGradient((a) => ops.multiply(ops.sin(a), ops.cos(a)), vector);
    expectGradient((a) => ops.maximum(ops.sigmoid(a), ops.minimum(a, of([], 0.35))), vector);
    expectGradient((a) => ops.subtract(ops.expandDims(a, 1), ops.log(ops.exp(a))), vector);
    expectGradient((a) => ops.transpose(ops.reshapeLike(a, of([2, 2], 0, 0, 0, 0)), [1, 0]), vector);
    expectGradient((a) => ops.softmax(ops.reshape(a, [2, 2])), vector);
    expectGradient((a) => ops.linear(of([3, 2], 1, 2, 3, 4, 5, 6), ops.reshape(a, [2, 2]), of([2], 1, 1)), vector);
    expectGradient((a) => ops.matmul(ops.reshape(a, [1, 2, 2]), of([1, 2, 2], 1, 2, 3, 4), true), vector);
    expectGradient((a) => ops.reduceMean(ops.square(ops.reshape(a, [2, 2])), [1]), vector);
    expectGradient((a) => ops.gatherRows(ops.reshape(a, [2, 2]), [1, 1, 0]), vector);
    expectGradient((a) => ops.softplus(ops.slice(a, 0, 1, 2)), vector);
    expectGradient((a) => ops.concat(ops.split(ops.tanh(a), 2, 0).reverse(), 0), vector);
    expectGradient((a) => ops.divide(ops.sqrt(ops.abs(a)), ops.offset(ops.exp(a), 1)), vector);
    const units = { input: [0.1, 0.2, 0.3, 0.4], recurrent: [0.5, -0.6, 0.7, -0.8], bias: [0.1, 0.1, 0.1, 0.1] };
    for (const name of ['input', 'recurrent', 'bias'] as const) {
      const lstm = (a: Tensor): Tensor => {
        const fixed = {
          input: of([1, 4], ...units.input),
          recurrent: of([1, 4], ...units.recurrent),
          bias: of([4], ...units.bias),
        };
        const weights = { ...fixed, [name]: name === 'bias' ? a : ops.reshape(a, [1, 4]) };
        return ops.lstm(of([3, 1, 1], 1, -2, 0.5), weights, 'sequence');
      };
      expectGradient(lstm, units[name]);
    }
    expectGradient((a) => ops.lstm(ops.reshape(a, [4, 1, 1]), lstmWeights(), 'last'), vector);
  });

  const lstmWeights = (): { input: Tensor; recurrent: Tensor; bias: Tensor } => ({
    input: of([1, 4], 0.9, -0.8, 0.7, 1.2),
    recurrent: of([1, 4], 0.5, 0.6, -0.7, 0.8),
    bias: of([4], 0, 0.1, 0.2, 0.3),
  });

  it('lets no gradient through where it is stopped', () => {
    const trainer = runtime.adam(weightsOf(2));
    const loss: LossFunction = ({ a }) => ({
      loss: ops.reduceSum(ops.multiply(ops.stopGradient(ops.square(a as Tensor)), a as Tensor), [0]),
    });
    expect(trainer.gradients(loss).loss).toBeCloseTo(8, 5);
    expect(numbers(trainer.gradients(loss).gradients, 'a')).toEqual([4]);
    trainer.dispose();
  });
});

/** JSON writes a typed array as an object of its indices. */
function reviveArrays(key: string, value: unknown): unknown {
  return key === 'values' ? Float32Array.from(Object.values(value as Record<string, number>)) : value;
}
