import { TensorRuntime } from '#engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { madeUpWindows } from '../made-up-windows.js';
import { startingWeights } from '../parts/starting-weights.js';
import { NETWORK_SIZES } from '../network-sizes.js';
import { keyedRandom, normalsOf } from '../training/keyed-random.js';
import { sizeOfGrid, takeHidden, takeMeasured } from '../training/window-batch.js';
import { csdi } from './csdi.js';
import { planCsdi } from './csdi-sizes.js';
import { quadraticSchedule, stepCode } from './noise-schedule.js';
import { predictNoise } from './predict-noise.js';
import { medianOf, sampleWindows } from './sample-windows.js';

const SIZES = NETWORK_SIZES.csdi.tiny;

describe("CSDI's schedule", () => {
  it('rises from 0.0001 to 0.5, its root evenly', () => {
    const { beta, kept } = quadraticSchedule();
    expect(beta).toHaveLength(50);
    expect(beta[0]).toBeCloseTo(0.0001, 10);
    expect(beta[49]).toBeCloseTo(0.5, 10);
    // one step up: (0.01 + (√0.5 − 0.01) / 49)² = 0.0242267…²
    expect(beta[1]).toBeCloseTo(0.00058693, 7);
    expect(kept[0]).toBeCloseTo(0.9999, 10);
    expect(kept[1]).toBeCloseTo(0.9999 * (1 - beta[1]!), 10);
    // at the end next to nothing of the window is left
    expect(kept[49]).toBeLessThan(1e-3);
  });

  it('tells steps by sines, then cosines, of frequencies from 1 to 10⁴', () => {
    expect([...stepCode(0, 4)]).toEqual([0, 0, 1, 1]);
    const code = stepCode(3, 4);
    expect(code[0]).toBeCloseTo(Math.sin(3), 6);
    expect(code[1]).toBeCloseTo(Math.sin(30_000), 6);
    expect(code[3]).toBeCloseTo(Math.cos(30_000), 6);
  });

  it('takes the median of an odd number of draws, and the middle of two', () => {
    expect([...medianOf([Float32Array.of(3, 1), Float32Array.of(1, 1), Float32Array.of(9, 7)])]).toEqual([3, 1]);
    expect([...medianOf([Float32Array.of(3), Float32Array.of(4)])]).toEqual([3.5]);
  });
});

describe('CSDI', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('wasm');
  });
  const grid = madeUpWindows('csdi', 2, 3, 0.6);
  const size = sizeOfGrid(grid);
  const plan = planCsdi(SIZES, size);
  /** No zero start, so that the last projection hides nothing. */
  const stirred = startingWeights(
    plan.map((one) => (one.start === 'zeros' ? { ...one, start: 'glorot' as const } : one)),
    keyedRandom('stirred'),
  );

  it('looks at noise in gaps only', () => {
    const batch = takeMeasured(grid, [0, 1]);
    const noiseOf = (noisy: Float32Array): Float32Array =>
      runtime.scope(() => {
        const tensor = (values: Float32Array) => runtime.tensor(values, [2, 2, 3]);
        const step = runtime.tensor(stepCode(7, SIZES.stepEmbedding), [1, SIZES.stepEmbedding]);
        const noisyBatch = { values: tensor(batch.values), mask: tensor(batch.mask), noisy: tensor(noisy), step };
        return runtime.read(predictNoise(runtime.ops, runtime.tensors(stirred), SIZES, size, noisyBatch));
      });
    const noisy = normalsOf(keyedRandom('noisy'), 12);
    const changedWhere = (measured: number): Float32Array =>
      noisy.map((one, at) => (batch.mask[at] === measured ? one + 2 : one));
    expect(noiseOf(changedWhere(1))).toEqual(noiseOf(noisy));
    expect(noiseOf(changedWhere(0))).not.toEqual(noiseOf(noisy));
  });

  it('untrained predicts no noise: the loss is the mean square of the noise, and a sample is what the sampler leaves of it', () => {
    const weights = startingWeights(plan, keyedRandom('untrained'));
    const hideAll = (mask: Float32Array): Float32Array => mask;
    const wide = madeUpWindows('wide', 400, 3);
    const rows = Array.from({ length: 400 }, (_, row) => row);
    const batch = takeHidden(wide, rows, hideAll, Math.random);
    const loss = runtime.scope(() =>
      runtime.read(csdi(SIZES, 1).loss(runtime.ops, runtime.tensors(weights), batch, keyedRandom('loss'))),
    );
    // one number a window for its step, then the noise
    const drawn = keyedRandom('loss');
    rows.forEach(() => drawn());
    const noise = normalsOf(drawn, 400 * 6);
    expect(loss[0]).toBeCloseTo(noise.reduce((sum, one) => sum + one ** 2, 0) / noise.length, 4);
    const arrays = runtime.tensors(weights);
    const sample = sampleWindows(runtime, arrays, SIZES, takeMeasured(wide, [0]), keyedRandom('sample'));
    runtime.dispose(arrays);
    // the same sampler with noise 0, written out
    const { beta, kept } = quadraticSchedule();
    const random = keyedRandom('sample');
    let expected = [...normalsOf(random, 6)];
    for (let step = 49; step > 0; step--) {
      const spread = Math.sqrt(((1 - kept[step - 1]!) / (1 - kept[step]!)) * beta[step]!);
      const fresh = normalsOf(random, 6);
      expected = expected.map((value, at) => value / Math.sqrt(1 - beta[step]!) + spread * fresh[at]!);
    }
    expected = expected.map((value) => value / Math.sqrt(1 - beta[0]!));
    sample.forEach((value, at) => expect(value / expected[at]!).toBeCloseTo(1, 3));
  });
});
