import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import type { Ops } from '#network';
import type { Tensor } from './tensor.js';
import { TensorRuntime } from './tensor-runtime.js';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe('the functions of a network on TensorFlow.js', () => {
  let runtime: TensorRuntime;
  let ops: Ops<Tensor>;
  let tensorsBefore: number;

  beforeAll(async () => {
    runtime = await TensorRuntime.load('cpu');
    ops = runtime.ops;
  });
  beforeEach(() => {
    tensorsBefore = runtime.memory().tensors;
  });
  afterEach(() => {
    expect(runtime.memory().tensors).toBe(tensorsBefore);
  });
  afterAll(() => {
    expect(runtime.name).toBe('tensorflow-javascript');
  });

  const of = (shape: number[], ...values: number[]): Tensor => ops.constant(Float32Array.from(values), shape);

  /** Runs the work in a scope and expects its result's shape and numbers. */
  function expectResult(work: () => Tensor, shape: number[], values: number[]): void {
    runtime.scope(() => {
      const result = work();
      expect(runtime.shapeOf(result)).toEqual(shape);
      const numbers = [...runtime.read(result)];
      numbers.forEach((number, i) => expect(number).toBeCloseTo(values[i] as number, 5));
      expect(numbers).toHaveLength(values.length);
    });
  }

  it('broadcasts two-place arithmetic', () => {
    const pair = (): [Tensor, Tensor] => [of([2, 1], 6, 8), of([2], 2, 4)];
    expectResult(() => ops.add(...pair()), [2, 2], [8, 10, 10, 12]);
    expectResult(() => ops.subtract(...pair()), [2, 2], [4, 2, 6, 4]);
    expectResult(() => ops.multiply(...pair()), [2, 2], [12, 24, 16, 32]);
    expectResult(() => ops.divide(...pair()), [2, 2], [3, 1.5, 4, 2]);
    expectResult(() => ops.maximum(of([2], 1, 5), of([], 3)), [2], [3, 5]);
    expectResult(() => ops.minimum(of([2], 1, 5), of([], 3)), [2], [1, 3]);
    expectResult(() => ops.offset(ops.scale(of([2], 1, 2), 3), 1), [2], [4, 7]);
  });

  it('applies one-place functions to each number', () => {
    const cases: [keyof Ops<Tensor>, (x: number) => number][] = [
      ['square', (x) => x * x],
      ['sqrt', Math.sqrt],
      ['exp', Math.exp],
      ['log', Math.log],
      ['sin', Math.sin],
      ['cos', Math.cos],
      ['tanh', Math.tanh],
      ['sigmoid', sigmoid],
      ['softplus', (x) => Math.log1p(Math.exp(x))],
      ['gelu', (x) => x * sigmoid(1.702 * x)],
    ];
    for (const [name, formula] of cases) {
      const apply = ops[name] as (x: Tensor) => Tensor;
      expectResult(() => apply(of([3], 0.5, 1, 2)), [3], [0.5, 1, 2].map(formula));
    }
    expectResult(() => ops.abs(of([2], -3, 3)), [2], [3, 3]);
    expectResult(() => ops.relu(of([2], -3, 3)), [2], [0, 3]);
    expectResult(() => ops.gelu(of([1], -1)), [1], [-sigmoid(-1.702)]);
  });

  it('multiplies matrices', () => {
    const x = (): Tensor => of([1, 2, 2], 1, 2, 3, 4);
    expectResult(() => ops.linear(x(), of([2, 1], 10, 1), of([1], 5)), [1, 2, 1], [17, 39]);
    expectResult(() => ops.linear(x(), of([2, 1], 10, 1)), [1, 2, 1], [12, 34]);
    expectResult(() => ops.matmul(x(), of([1, 2, 2], 1, 0, 1, 1)), [1, 2, 2], [3, 2, 7, 4]);
    expectResult(() => ops.matmul(x(), of([1, 2, 2], 1, 0, 1, 1), true), [1, 2, 2], [1, 3, 3, 7]);
  });

  it('normalises', () => {
    expectResult(() => ops.softmax(of([1, 2], 0, Math.log(3))), [1, 2], [0.25, 0.75]);
    // mean 2, variance 1: ±1, then · gain + bias
    expectResult(() => ops.layerNorm(of([1, 2], 1, 3), of([2], 2, 2), of([2], 0, 10)), [1, 2], [-1.99999, 11.99999]);
  });

  it('attends', () => {
    // the scores are ln 3 and 0, after the division by √4
    const queries = (): Tensor => of([1, 1, 4], 2 * Math.log(3), 0, 0, 0);
    const keys = (): Tensor => of([1, 2, 4], 1, 5, 5, 5, 0, 6, 6, 6);
    const values = (): Tensor => of([1, 2, 4], 4, 0, 8, 0, 0, 4, 8, 0);
    expectResult(() => ops.attention(queries(), keys(), values()), [1, 1, 4], [3, 1, 8, 0]);
  });

  it('averages and sums axes away', () => {
    const x = (): Tensor => of([2, 2], 1, 2, 3, 6);
    expectResult(() => ops.reduceMean(x(), [0]), [2], [2, 4]);
    expectResult(() => ops.reduceMean(x(), [0, 1]), [], [3]);
    expectResult(() => ops.reduceSum(x(), [-1], true), [2, 1], [3, 9]);
  });

  it('rearranges', () => {
    const x = (): Tensor => of([2, 3], 1, 2, 3, 4, 5, 6);
    expectResult(() => ops.reshape(x(), [3, -1]), [3, 2], [1, 2, 3, 4, 5, 6]);
    expectResult(() => ops.reshapeLike(x(), of([6, 1], 0, 0, 0, 0, 0, 0)), [6, 1], [1, 2, 3, 4, 5, 6]);
    expectResult(() => ops.expandDims(x(), 1), [2, 1, 3], [1, 2, 3, 4, 5, 6]);
    expectResult(() => ops.transpose(x(), [1, 0]), [3, 2], [1, 4, 2, 5, 3, 6]);
    expectResult(() => ops.concat([x(), of([2, 1], 7, 8)], -1), [2, 4], [1, 2, 3, 7, 4, 5, 6, 8]);
    expectResult(() => ops.split(x(), 3, -1)[1] as Tensor, [2, 1], [2, 5]);
    expectResult(() => ops.slice(x(), -1, 1, 2), [2, 2], [2, 3, 5, 6]);
    expectResult(() => ops.gatherRows(x(), [1, 0, 1]), [3, 3], [4, 5, 6, 1, 2, 3, 4, 5, 6]);
  });

  it('refuses a row that is not there and a shape that does not hold the numbers', () => {
    const rows = (): void => runtime.scope(() => void ops.gatherRows(of([2, 1], 1, 2), [2]));
    expect(rows).toThrow('row 2 was asked for, and there are rows 0 to 1');
    expect(() => runtime.scope(() => void of([3], 1, 2))).toThrow();
  });

  it('runs an LSTM with the gates input, output, forget, candidate', () => {
    const x = [0.5, -1];
    const [w, u, b] = [
      [0.1, 0.2, 0.3, 0.4],
      [0.5, -0.6, 0.7, -0.8],
      [0.05, 0.06, 0.07, 0.08],
    ] as [number[], number[], number[]];
    const states: number[] = [];
    let [hidden, cell] = [0, 0];
    for (const value of x) {
      const [i, o, f, c] = w.map((weight, k) => value * weight + hidden * (u[k] as number) + (b[k] as number)) as [
        number,
        number,
        number,
        number,
      ];
      cell = sigmoid(f) * cell + sigmoid(i) * Math.tanh(c);
      hidden = sigmoid(o) * Math.tanh(cell);
      states.push(hidden);
    }
    const run = (output: 'sequence' | 'last') => (): Tensor =>
      ops.lstm(
        of([2, 1, 1], ...x),
        { input: of([1, 4], ...w), recurrent: of([1, 4], ...u), bias: of([4], ...b) },
        output,
      );
    expectResult(run('sequence'), [2, 1, 1], states);
    expectResult(run('last'), [1, 1], states.slice(-1));
  });
});
