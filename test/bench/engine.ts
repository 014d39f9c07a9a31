import { exportOnnx, openEngine, type InferenceEngine } from '#engine';
import { initialWeights, NETWORK_PRESETS, parameterCount, type HyperParameters } from '#network';

/**
 * Measures what a release costs to run: `node dist/test/bench/engine.js [engine]`. What it costs to train: `npm run bench -- training`.
 *
 * Prints the median milliseconds of a call, with the processor time it took.
 */
const HYPER: HyperParameters = { signals: 36, hours: 24, staticSize: 20, statistics: 9, ...NETWORK_PRESETS.serving };
const REPEATS = 9;

/** Numbers in [0, 1), the same in every run. */
function numbers(count: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: count }, () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31);
}

async function report(what: string, work: () => Promise<unknown> | unknown): Promise<void> {
  await work();
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  const median = times.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] as number;
  const cpuMs = (user + system) / 1000 / REPEATS;
  console.log(
    `${what.padEnd(44)} ${median.toFixed(1).padStart(8)} ms, ${cpuMs.toFixed(1).padStart(8)} ms of processor`,
  );
}

async function measureServing(hyper: HyperParameters, engine: InferenceEngine): Promise<void> {
  const window = hyper.signals * hyper.hours;
  for (const [batch, samples] of [
    [1, 1],
    [16, 1],
    [1, 19],
    [16, 19],
  ] as const) {
    const values = numbers(batch * window);
    const mask = values.map((value) => (value < 0.3 ? 1 : 0));
    const statistics = numbers(batch * hyper.signals * hyper.statistics);
    const windows = { batch, values, mask, hoursSince: values, statistics, static: numbers(batch * hyper.staticSize) };
    const noisy = numbers(batch * samples * window);
    const { context } = await engine.encode(windows);
    if (samples === 1) {
      await report(`encode, ${batch} windows`, () => engine.encode(windows));
      await report(`assess, ${batch} windows`, () => engine.assess(windows));
    }
    const input = { batch, samples, noisy, mask, context, step: Float32Array.of(0.5) };
    await report(`denoise one step, ${batch} windows of ${samples} samples`, () => engine.denoise(input));
  }
}

const weights = initialWeights(HYPER, Math.random);
const source = { hyper: HYPER, graphs: exportOnnx(HYPER, weights), weights: () => weights };
const engine = await openEngine(source, {
  engine: process.argv[2] === 'tensorflow-cpu' ? 'tensorflow-cpu' : 'onnx-cpu',
});
console.log(`${parameterCount(HYPER)} parameters; ${engine.description}`);
await measureServing(HYPER, engine);
await engine.close();
