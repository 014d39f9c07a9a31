import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { initialWeights, NETWORK_PRESETS, type HyperParameters, type NetworkWeights } from '#network';
import { exportOnnx } from '../onnx/export-onnx.js';
import { TensorRuntime } from '../tensorflow/tensor-runtime.js';
import type { AssessInput, DenoiseInput, EncodeInput, InferenceEngine } from './inference-engine.js';
import { openEngine } from './open-engine.js';
import { TensorFlowEngine } from './tensorflow-engine.js';

const PARITY = 1e-4;
const SAMPLES = 3;

/** A small congruential generator: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Initial weights moved at random, so that no zero start (the last projection, biases) hides a difference. */
function stirredWeights(hyper: HyperParameters): NetworkWeights {
  const random = seeded(1);
  const weights = initialWeights(hyper, random);
  for (const { values } of Object.values(weights)) {
    values.forEach((value, i) => (values[i] = value + 0.2 * (random() - 0.5)));
  }
  return weights;
}

type Inputs = EncodeInput & AssessInput & Omit<DenoiseInput, 'context'>;

function randomInputs({ signals, hours, staticSize, statistics }: HyperParameters, batch: number): Inputs {
  const random = seeded(2);
  const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => 4 * random() - 2);
  const window = batch * signals * hours;
  return {
    batch,
    samples: SAMPLES,
    values: numbers(window),
    mask: numbers(window).map((value) => (value > 0 ? 1 : 0)),
    hoursSince: numbers(window).map((value) => Math.round(6 * (value + 2))),
    statistics: numbers(batch * signals * statistics),
    static: numbers(batch * staticSize),
    noisy: numbers(window * SAMPLES),
    step: numbers(batch * SAMPLES).map((value) => (value + 2) / 4),
  };
}

/** The windows [from, from + count) of a batch, as a batch of their own. */
function part(inputs: Inputs, from: number, count: number): Inputs {
  const cut = (all: Float32Array): Float32Array => {
    const each = all.length / inputs.batch;
    return all.slice(from * each, (from + count) * each);
  };
  const { values, mask, hoursSince, statistics, noisy, step } = inputs;
  const arrays = { values, mask, hoursSince, statistics, static: inputs.static, noisy, step };
  const cutArrays = Object.fromEntries(Object.entries(arrays).map(([name, all]) => [name, cut(all)])) as typeof arrays;
  return { ...cutArrays, batch: count, samples: SAMPLES };
}

/** Encoding, denoising and assessment, end to end. */
async function runAll(engine: InferenceEngine, inputs: Inputs): Promise<Record<string, Float32Array>> {
  const encoded = await engine.encode(inputs);
  const velocity = await engine.denoise({ ...inputs, context: encoded.context });
  return { ...encoded, velocity, ...(await engine.assess(inputs)) };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a).toHaveLength(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))), 0);
}

const TINY: HyperParameters = { signals: 5, hours: 24, staticSize: 3, statistics: 9, ...NETWORK_PRESETS.tiny };
const SERVING: HyperParameters = { signals: 36, hours: 24, staticSize: 10, statistics: 9, ...NETWORK_PRESETS.serving };
const SHAPES: [string, HyperParameters, 'cpu' | 'wasm'][] = [
  ['tiny', TINY, 'cpu'],
  ['of three risk networks', { ...TINY, risk: { ...TINY.risk, members: 3 } }, 'cpu'],
  ['without layers over signals', { ...TINY, imputer: { ...TINY.imputer, signalLayers: 0, refineLayers: 0 } }, 'cpu'],
  ['serving', SERVING, 'wasm'],
];

describe.each(SHAPES)('the same network on both engines, %s', (_, hyper, backend) => {
  let onnx: InferenceEngine;
  let tensorflow: InferenceEngine;

  beforeAll(async () => {
    const weights = stirredWeights(hyper);
    onnx = await openEngine(
      { hyper, graphs: exportOnnx(hyper, weights), weights: () => weights },
      { engine: 'onnx-cpu' },
    );
    tensorflow = new TensorFlowEngine(await TensorRuntime.load(backend), hyper, weights);
  });
  afterAll(async () => {
    await onnx.close();
    await tensorflow.close();
  });

  it('gives the same numbers to 1e-4', async () => {
    const inputs = randomInputs(hyper, backend === 'wasm' ? 1 : 2);
    const [left, right] = [await runAll(onnx, inputs), await runAll(tensorflow, inputs)];
    for (const name of ['context', 'center', 'spread', 'velocity', 'logit', 'embedding']) {
      const [a, b] = [left[name] as Float32Array, right[name] as Float32Array];
      expect(a.every(Number.isFinite)).toBe(true);
      expect(a.some((value) => value !== 0)).toBe(true);
      expect(largestDifference(a, b)).toBeLessThan(PARITY);
    }
  });

  it('gives a window the same bytes in batches of 1, 2 and 7 on onnx-cpu, wherever it stands', async () => {
    const inputs = randomInputs(hyper, 7);
    const whole = await runAll(onnx, inputs);
    for (const count of [1, 2]) {
      for (let from = 0; from + count <= 7; from += count) {
        const alone = await runAll(onnx, part(inputs, from, count));
        for (const [name, all] of Object.entries(whole)) {
          const each = all.length / 7;
          const expected = all.slice(from * each, (from + count) * each);
          expect(Buffer.from((alone[name] as Float32Array).buffer).equals(Buffer.from(expected.buffer))).toBe(true);
        }
      }
    }
  });
});

describe('an engine', () => {
  it('writes the same graphs from the same weights', () => {
    const [a, b] = [exportOnnx(TINY, stirredWeights(TINY)), exportOnnx(TINY, stirredWeights(TINY))];
    for (const graph of ['encoder', 'denoiser', 'risk'] as const)
      expect(Buffer.from(a[graph])).toEqual(Buffer.from(b[graph]));
  });

  it('names the weight that is missing or misshapen', () => {
    const weights = stirredWeights(TINY);
    expect(() => exportOnnx({ ...TINY, signals: 6 }, weights)).toThrow('weight "imputer.signal" has the shape [5,8]');
    delete weights['risk.head.bias'];
    expect(() => exportOnnx(TINY, weights)).toThrow('"risk.head.bias"');
  });

  it('names the input whose length is wrong, and leaves no tensor behind', async () => {
    const weights = stirredWeights(TINY);
    const runtime = await TensorRuntime.load('cpu');
    const before = runtime.memory().tensors;
    const engine = new TensorFlowEngine(runtime, TINY, weights);
    const inputs = randomInputs(TINY, 2);
    await expect(engine.encode({ ...inputs, mask: new Float32Array(7) })).rejects.toThrow(
      'mask holds 7 numbers; expected 240',
    );
    await expect(engine.assess({ ...inputs, batch: 0 })).rejects.toThrow('batch is 0');
    await runAll(engine, inputs);
    await engine.close();
    expect(runtime.memory().tensors).toBe(before);
  });

  it('says what it chose', async () => {
    const weights = stirredWeights(TINY);
    const source = { hyper: TINY, graphs: exportOnnx(TINY, weights), weights: () => weights };
    const engine = await openEngine(source, { engine: 'onnx-cpu', intraOpNumThreads: 2 });
    expect(engine.name).toBe('onnx-cpu');
    expect(engine.description).toMatch(/^ONNX Runtime \d.*processor, 2 threads$/);
    await engine.close();
  });
});
