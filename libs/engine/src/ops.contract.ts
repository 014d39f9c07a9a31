import { describe, expect, it } from '@jest/globals';
import type { Ops } from '#network';

/** What a piece of network came to. */
export interface Computed {
  shape: number[];
  numbers: number[];
}

/** A piece of network, written for any implementation. */
export type Piece = <T>(ops: Ops<T>) => T;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Every function of {@link Ops} against numbers worked out by hand; each implementation's spec calls it. */
export function describeOps(compute: (piece: Piece) => Promise<Computed>): void {
  async function expectResult(piece: Piece, shape: number[], values: number[]): Promise<void> {
    const computed = await compute(piece);
    expect(computed.shape).toEqual(shape);
    expect(computed.numbers).toHaveLength(values.length);
    computed.numbers.forEach((number, i) => expect(number).toBeCloseTo(values[i] as number, 5));
  }

  describe('arithmetic', () => describeArithmetic(expectResult));
  describe('products', () => describeProducts(expectResult));
  describe('layout', () => describeLayout(expectResult));
  describe('LSTM', () => describeLstm(expectResult));
}

type Expectation = (piece: Piece, shape: number[], values: number[]) => Promise<void>;

function of<T>(ops: Ops<T>, shape: number[], ...values: number[]): T {
  return ops.constant(Float32Array.from(values), shape);
}

function describeArithmetic(expectResult: Expectation): void {
  it('broadcasts two-place functions', async () => {
    const left = <T>(ops: Ops<T>): T => of(ops, [2, 1], 6, 8);
    const right = <T>(ops: Ops<T>): T => of(ops, [2], 2, 4);
    await expectResult((ops) => ops.add(left(ops), right(ops)), [2, 2], [8, 10, 10, 12]);
    await expectResult((ops) => ops.subtract(left(ops), right(ops)), [2, 2], [4, 2, 6, 4]);
    await expectResult((ops) => ops.multiply(left(ops), right(ops)), [2, 2], [12, 24, 16, 32]);
    await expectResult((ops) => ops.divide(left(ops), right(ops)), [2, 2], [3, 1.5, 4, 2]);
    await expectResult((ops) => ops.maximum(of(ops, [2], 1, 5), of(ops, [], 3)), [2], [3, 5]);
    await expectResult((ops) => ops.minimum(of(ops, [2], 1, 5), of(ops, [], 3)), [2], [1, 3]);
    await expectResult((ops) => ops.offset(ops.scale(of(ops, [2], 1, 2), 3), 1), [2], [4, 7]);
  });

  const formulas: [string, Piece, (x: number) => number][] = [
    ['square', (ops) => ops.square(of(ops, [3], 0.5, 1, 2)), (x) => x * x],
    ['sqrt', (ops) => ops.sqrt(of(ops, [3], 0.5, 1, 2)), Math.sqrt],
    ['exp', (ops) => ops.exp(of(ops, [3], 0.5, 1, 2)), Math.exp],
    ['log', (ops) => ops.log(of(ops, [3], 0.5, 1, 2)), Math.log],
    ['sin', (ops) => ops.sin(of(ops, [3], 0.5, 1, 2)), Math.sin],
    ['cos', (ops) => ops.cos(of(ops, [3], 0.5, 1, 2)), Math.cos],
    ['tanh', (ops) => ops.tanh(of(ops, [3], 0.5, 1, 2)), Math.tanh],
    ['sigmoid', (ops) => ops.sigmoid(of(ops, [3], 0.5, 1, 2)), sigmoid],
    ['softplus', (ops) => ops.softplus(of(ops, [3], 0.5, 1, 2)), (x) => Math.log1p(Math.exp(x))],
    ['gelu', (ops) => ops.gelu(of(ops, [3], 0.5, 1, 2)), (x) => x * sigmoid(1.702 * x)],
  ];
  it.each(formulas)('applies %s to each number', async (_, piece, formula) => {
    await expectResult(piece, [3], [0.5, 1, 2].map(formula));
  });

  it('knows negative numbers', async () => {
    await expectResult((ops) => ops.abs(of(ops, [2], -3, 3)), [2], [3, 3]);
    await expectResult((ops) => ops.relu(of(ops, [2], -3, 3)), [2], [0, 3]);
    await expectResult((ops) => ops.gelu(of(ops, [1], -1)), [1], [-sigmoid(-1.702)]);
    await expectResult((ops) => ops.softplus(of(ops, [2], -50, 50)), [2], [0, 50]);
    await expectResult((ops) => ops.stopGradient(of(ops, [1], -1)), [1], [-1]);
  });
}

function describeProducts(expectResult: Expectation): void {
  const x = <T>(ops: Ops<T>): T => of(ops, [1, 2, 2], 1, 2, 3, 4);

  it('multiplies matrices', async () => {
    const column = <T>(ops: Ops<T>): T => of(ops, [2, 1], 10, 1);
    await expectResult((ops) => ops.linear(x(ops), column(ops), of(ops, [1], 5)), [1, 2, 1], [17, 39]);
    await expectResult((ops) => ops.linear(x(ops), column(ops)), [1, 2, 1], [12, 34]);
    const square = <T>(ops: Ops<T>): T => of(ops, [1, 2, 2], 1, 0, 1, 1);
    await expectResult((ops) => ops.matmul(x(ops), square(ops)), [1, 2, 2], [3, 2, 7, 4]);
    await expectResult((ops) => ops.matmul(x(ops), square(ops), true), [1, 2, 2], [1, 3, 3, 7]);
  });

  it('normalises the last axis', async () => {
    await expectResult((ops) => ops.softmax(of(ops, [1, 2], 0, Math.log(3))), [1, 2], [0.25, 0.75]);
    // mean 2, variance 1: ±1, then · gain + bias
    const normalised: Piece = (ops) => ops.layerNorm(of(ops, [1, 2], 1, 3), of(ops, [2], 2, 2), of(ops, [2], 0, 10));
    await expectResult(normalised, [1, 2], [-1.99999, 11.99999]);
  });

  it('attends', async () => {
    // the scores are ln 3 and 0, after the division by √4
    const piece: Piece = (ops) =>
      ops.attention(
        of(ops, [1, 1, 4], 2 * Math.log(3), 0, 0, 0),
        of(ops, [1, 2, 4], 1, 5, 5, 5, 0, 6, 6, 6),
        of(ops, [1, 2, 4], 4, 0, 8, 0, 0, 4, 8, 0),
      );
    await expectResult(piece, [1, 1, 4], [3, 1, 8, 0]);
  });

  it('averages and sums axes away', async () => {
    const table = <T>(ops: Ops<T>): T => of(ops, [2, 2], 1, 2, 3, 6);
    await expectResult((ops) => ops.reduceMean(table(ops), [0]), [2], [2, 4]);
    await expectResult((ops) => ops.reduceMean(table(ops), [0, 1]), [], [3]);
    await expectResult((ops) => ops.reduceSum(table(ops), [-1], true), [2, 1], [3, 9]);
  });
}

function describeLayout(expectResult: Expectation): void {
  const x = <T>(ops: Ops<T>): T => of(ops, [2, 3], 1, 2, 3, 4, 5, 6);

  it('reshapes', async () => {
    await expectResult((ops) => ops.reshape(x(ops), [3, -1]), [3, 2], [1, 2, 3, 4, 5, 6]);
    await expectResult((ops) => ops.reshapeLike(x(ops), of(ops, [6, 1], 0, 0, 0, 0, 0, 0)), [6, 1], [1, 2, 3, 4, 5, 6]);
    await expectResult((ops) => ops.expandDims(x(ops), 1), [2, 1, 3], [1, 2, 3, 4, 5, 6]);
    await expectResult((ops) => ops.transpose(x(ops), [1, 0]), [3, 2], [1, 4, 2, 5, 3, 6]);
  });

  it('joins and parts', async () => {
    await expectResult((ops) => ops.concat([x(ops), of(ops, [2, 1], 7, 8)], -1), [2, 4], [1, 2, 3, 7, 4, 5, 6, 8]);
    await expectResult(<T>(ops: Ops<T>) => ops.split(x(ops), 3, -1)[1] as T, [2, 1], [2, 5]);
    await expectResult((ops) => ops.slice(x(ops), -1, 1, 2), [2, 2], [2, 3, 5, 6]);
    await expectResult((ops) => ops.gatherRows(x(ops), [1, 0, 1]), [3, 3], [4, 5, 6, 1, 2, 3, 4, 5, 6]);
  });

  it('refuses a shape that does not hold the numbers', async () => {
    await expect(expectResult((ops) => of(ops, [3], 1, 2), [3], [1, 2, 0])).rejects.toThrow();
  });
}

function describeLstm(expectResult: Expectation): void {
  const input = [0.1, 0.2, 0.3, 0.4];
  const recurrent = [0.5, -0.6, 0.7, -0.8];
  const bias = [0.05, 0.06, 0.07, 0.08];

  /** The states after each of the numbers, by the book. */
  function statesAfter(numbers: number[]): number[] {
    let [hidden, cell] = [0, 0];
    return numbers.map((number) => {
      const gate = (k: number): number =>
        number * (input[k] as number) + hidden * (recurrent[k] as number) + (bias[k] as number);
      cell = sigmoid(gate(2)) * cell + sigmoid(gate(0)) * Math.tanh(gate(3));
      hidden = sigmoid(gate(1)) * Math.tanh(cell);
      return hidden;
    });
  }

  it('has the gates input, output, forget, candidate', async () => {
    const run = <T>(ops: Ops<T>, output: 'sequence' | 'last'): T => {
      const weights = {
        input: of(ops, [1, 4], ...input),
        recurrent: of(ops, [1, 4], ...recurrent),
        bias: of(ops, [4], ...bias),
      };
      return ops.lstm(of(ops, [2, 1, 1], 0.5, -1), weights, output);
    };
    const states = statesAfter([0.5, -1]);
    await expectResult((ops) => run(ops, 'sequence'), [2, 1, 1], states);
    await expectResult((ops) => run(ops, 'last'), [1, 1], states.slice(-1));
  });
}
