import {
  encodeWindow,
  assessRisk,
  initialWeights,
  NETWORK_PRESETS,
  parameterCount,
  predictVelocity,
  type HyperParameters,
} from '#network';
import { exportOnnx, openEngine, TensorRuntime, type InferenceEngine, type Tensor } from '#engine';

/**
 * Measures what a release costs to run and to train: `node dist/test/bench/engine.js [channels] [engine]`.
 *
 * Prints the median milliseconds of a call, and of a training step of 64 windows, with the processor time it took.
 */
const HYPER: HyperParameters = { signals: 36, hours: 24, staticSize: 12, ...NETWORK_PRESETS.serving };
const REPEATS = 9;
const TRAINING_BATCH = 64;

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
    [8, 1],
    [1, 16],
    [8, 16],
  ] as const) {
    const values = numbers(batch * window);
    const mask = values.map((value) => (value < 0.3 ? 1 : 0));
    const windows = { batch, values, mask, hoursSince: values, static: numbers(batch * hyper.staticSize) };
    const noisy = numbers(batch * samples * window);
    const context = await engine.encode(windows);
    if (samples === 1) {
      await report(`encode, ${batch} windows`, () => engine.encode(windows));
      await report(`assess, ${batch} windows`, () => engine.assess(windows));
    }
    const input = { batch, samples, noisy, mask, context, step: Float32Array.of(0.5) };
    await report(`denoise one step, ${batch} windows of ${samples} samples`, () => engine.denoise(input));
  }
}

async function measureTraining(hyper: HyperParameters): Promise<void> {
  const runtime = await TensorRuntime.load();
  const { ops } = runtime;
  const { signals, hours, staticSize } = hyper;
  const tensor = (...shape: number[]): Tensor => runtime.tensor(numbers(shape.reduce((a, b) => a * b)), shape);
  const [values, stay] = [tensor(TRAINING_BATCH, signals, hours), tensor(TRAINING_BATCH, staticSize)];
  const [noisy, step] = [tensor(TRAINING_BATCH, 1, signals, hours), tensor(TRAINING_BATCH, 1)];
  const dropoutMask = tensor(TRAINING_BATCH, hyper.risk.lstmUnits);
  const trainer = runtime.adam(initialWeights(hyper, Math.random), { clipNorm: 1 });
  await report(`training step of ${TRAINING_BATCH}, both networks (${runtime.name})`, () =>
    trainer.step((weights) => {
      const context = encodeWindow(ops, weights, hyper, { values, mask: values, static: stay });
      const velocity = predictVelocity(ops, weights, hyper, { noisy, mask: values, context, step });
      const imputed = ops.reshapeLike(velocity, values);
      const windows = { values: imputed, mask: values, hoursSince: values, static: stay };
      const { logit } = assessRisk(ops, weights, hyper, windows, { training: true, dropoutMask });
      const imputation = ops.reduceMean(ops.square(ops.subtract(velocity, noisy)), [0, 1, 2, 3]);
      return { loss: ops.add(imputation, ops.reduceMean(ops.softplus(logit), [0])) };
    }),
  );
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
}

const channels = Number(process.argv[2] ?? HYPER.channels);
const hyper: HyperParameters = { ...HYPER, channels, feedForward: 2 * channels };
const weights = initialWeights(hyper, Math.random);
const source = { hyper, graphs: exportOnnx(hyper, weights), weights: () => weights };
const engine = await openEngine(source, {
  engine: process.argv[3] === 'tensorflow-cpu' ? 'tensorflow-cpu' : 'onnx-cpu',
});
console.log(`${channels} channels, ${hyper.heads} heads, ${parameterCount(hyper)} parameters; ${engine.description}`);
await measureServing(hyper, engine);
await engine.close();
await measureTraining(hyper);
