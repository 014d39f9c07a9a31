import { TensorRuntime, type Tensor } from '#engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { contrastiveLoss } from './contrastive-loss.js';
import { dropout } from './dropout.js';
import { elapsedHours } from './elapsed-hours.js';
import { crossEntropy, maskedAbsoluteError, maskedMean } from './losses.js';
import { lstmStep } from './lstm-step.js';
import { sinePositions } from './sine-positions.js';
import { temporalDecay } from './temporal-decay.js';
import { keyedRandom } from '../training/keyed-random.js';

describe('parts of the networks', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('cpu');
  });
  const of = (shape: number[], ...values: number[]): Tensor => runtime.tensor(Float32Array.from(values), shape);
  const numbers = (work: () => Tensor): number[] => runtime.scope(() => [...runtime.read(work())]);

  it('counts elapsed hours as Che et al. 2018 do: the masks of their figure 2, an hour apart', () => {
    expect([...elapsedHours(Float32Array.of(1, 1, 0, 1, 0, 1, 1), 7)]).toEqual([0, 1, 1, 2, 1, 2, 1]);
    expect([...elapsedHours(Float32Array.of(0, 1, 1, 0, 0, 0, 1), 7)]).toEqual([0, 1, 1, 1, 2, 3, 4]);
    expect([...elapsedHours(Float32Array.of(1, 0, 0, 1), 2)]).toEqual([0, 1, 0, 1]);
  });

  it('decays not at all at 0 and below, by e at 1', () => {
    const [atZero, below, atOne, atTwo] = numbers(() => temporalDecay(runtime.ops, of([4], 0, -5, 1, 2)));
    expect([atZero, below]).toEqual([1, 1]);
    expect(atOne).toBeCloseTo(Math.exp(-1), 6);
    expect(atTwo).toBeCloseTo(Math.exp(-2), 6);
  });

  it('steps as the LSTM of the network room does', () => {
    const { ops } = runtime;
    const weights = {
      input: of([1, 4], 0.9, -0.8, 0.7, 1.2),
      recurrent: of([1, 4], 0.5, 0.6, -0.7, 0.8),
      bias: of([4], 0, 0.1, 0.2, 0.3),
    };
    const whole = numbers(() => ops.lstm(of([2, 1, 1], 1, -2), weights, 'last'));
    const stepped = numbers(() => {
      const gatesOf = (x: number, hidden: Tensor): Tensor =>
        ops.add(ops.linear(of([1, 1], x), weights.input, weights.bias), ops.linear(hidden, weights.recurrent));
      const first = lstmStep(ops, gatesOf(1, of([1, 1], 0)), of([1, 1], 0));
      return lstmStep(ops, gatesOf(-2, first.hidden), first.cell).hidden;
    });
    expect(stepped[0]).toBeCloseTo(whole[0]!, 6);
  });

  it('counts errors under the mask only, and none where the mask is empty', () => {
    const { ops } = runtime;
    const error = (mask: Tensor): number[] =>
      numbers(() => maskedAbsoluteError(ops, of([4], 1, 2, 3, 9), of([4], 0, 4, 3, 0), mask, [0]));
    expect(error(of([4], 1, 1, 0, 0))[0]).toBeCloseTo(1.5, 6);
    expect(error(of([4], 0, 0, 0, 0))).toEqual([0]);
    expect(numbers(() => maskedMean(ops, of([2, 2], 1, 2, 3, 4), of([2, 2], 0, 1, 0, 1), [0, 1]))[0]).toBeCloseTo(3, 6);
  });

  it('gives ln 2 to even odds, and −ln σ(2) to log-odds of 2 that come true', () => {
    const { ops } = runtime;
    expect(numbers(() => crossEntropy(ops, of([2], 0, 0), of([2], 0, 1)))[0]).toBeCloseTo(Math.LN2, 6);
    expect(numbers(() => crossEntropy(ops, of([1], 2), of([1], 1)))[0]).toBeCloseTo(Math.log(1 + Math.exp(-2)), 6);
    expect(numbers(() => crossEntropy(ops, of([1], 2), of([1], 0)))[0]).toBeCloseTo(2 + Math.log(1 + Math.exp(-2)), 6);
  });

  it('pulls stays alike together and pushes different ones a distance of 1 apart', () => {
    const { ops } = runtime;
    // a and b survived, 5 apart (3-4-5); c died, 0.6 from a and beyond the margin from b
    const embedding = (): Tensor => of([3, 2], 0, 0, 3, 4, 0.6, 0);
    const loss = numbers(() => contrastiveLoss(ops, embedding(), Float32Array.of(0, 0, 1)))[0]!;
    // alike: 25; different: pairs a–c with shortfall 0.4 and b–c with none, so 0.16 / 2; half of each
    expect(loss).toBeCloseTo(0.5 * 25 + 0.5 * 0.08, 4);
    // all survived: no pair differs, and the mean square of 5, 0.6 and √(2.4² + 4²) is left
    const alike = numbers(() => contrastiveLoss(ops, embedding(), Float32Array.of(0, 0, 0)))[0]!;
    expect(alike).toBeCloseTo((0.5 * (25 + 0.36 + 21.76)) / 3, 4);
  });

  it('silences about the share of units asked for, and keeps their sum', () => {
    const sizes = { rows: 100, units: 50, rate: 0.2 };
    const ones = (): Tensor => runtime.tensor(new Float32Array(5000).fill(1), [100, 50]);
    const kept = numbers(() => dropout(runtime.ops, ones(), sizes, keyedRandom('dropout')));
    expect(new Set(kept.map((value) => value.toFixed(4)))).toEqual(new Set(['0.0000', '1.2500']));
    expect(kept.reduce((sum, value) => sum + value, 0) / 5000).toBeCloseTo(1, 1);
  });

  it('tells places by sines and cosines', () => {
    const [a, b, c, d, e, f] = sinePositions(2, 3).slice(0) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    expect([a, b, c]).toEqual([0, 1, 0]);
    expect(d).toBeCloseTo(Math.sin(1), 6);
    expect(e).toBeCloseTo(Math.cos(1), 6);
    expect(f).toBeCloseTo(Math.sin(10_000 ** (-2 / 3)), 6);
  });
});
