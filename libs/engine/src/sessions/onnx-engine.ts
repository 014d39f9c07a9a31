import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as onnxruntime from 'onnxruntime-node';
import type { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import type { HyperParameters } from '#network';
import type { OnnxGraphs } from '../onnx/export-onnx.js';
import { checkAssessInput, checkDenoiseInput, checkEncodeInput } from './check-input.js';
import type {
  Assessment,
  AssessInput,
  DenoiseInput,
  EncodedWindows,
  EncodeInput,
  InferenceEngine,
} from './inference-engine.js';

type OnnxRuntime = typeof onnxruntime;

const requireOwn = createRequire(import.meta.url);

/** The networks on ONNX Runtime. On a processor a window's output is the same to the bit in every batch, at every place in it. */
export class OnnxEngine implements InferenceEngine {
  /** Opens the three graphs; rejects when a graph is damaged, or when CUDA is asked for and cannot be used. */
  static async open(
    name: 'onnx-cpu' | 'onnx-cuda',
    hyper: HyperParameters,
    graphs: OnnxGraphs,
    intraOpNumThreads = 1,
  ): Promise<OnnxEngine> {
    const runtime = requireOwn('onnxruntime-node') as OnnxRuntime;
    const open = (graph: Uint8Array): Promise<InferenceSession> =>
      runtime.InferenceSession.create(graph, {
        executionProviders: [name === 'onnx-cuda' ? 'cuda' : 'cpu'],
        intraOpNumThreads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
      });
    const [encoder, denoiser, risk] = await Promise.all([
      open(graphs.encoder),
      open(graphs.denoiser),
      open(graphs.risk),
    ]);
    const threads = intraOpNumThreads === 1 ? '1 thread' : `${intraOpNumThreads} threads`;
    const where = name === 'onnx-cuda' ? 'CUDA' : `processor, ${threads}`;
    return new OnnxEngine(name, `ONNX Runtime ${version()} on ${where}`, hyper, runtime, { encoder, denoiser, risk });
  }

  private constructor(
    readonly name: 'onnx-cpu' | 'onnx-cuda',
    readonly description: string,
    readonly hyper: HyperParameters,
    private readonly runtime: OnnxRuntime,
    private readonly sessions: Record<keyof OnnxGraphs, InferenceSession>,
  ) {}

  async encode(input: EncodeInput): Promise<EncodedWindows> {
    checkEncodeInput(this.hyper, input);
    const { batch, values, mask } = input;
    const results = await this.sessions.encoder.run({
      values: this.windows(values, batch),
      mask: this.windows(mask, batch),
      hoursSince: this.windows(input.hoursSince, batch),
      static: this.tensor(input.static, [batch, this.hyper.staticSize]),
    });
    return {
      context: numbers(results, 'context'),
      center: numbers(results, 'center'),
      spread: numbers(results, 'spread'),
    };
  }

  async denoise(input: DenoiseInput): Promise<Float32Array> {
    checkDenoiseInput(this.hyper, input);
    const { signals, hours, imputer } = this.hyper;
    const { batch, samples, noisy, mask, context, step } = input;
    const results = await this.sessions.denoiser.run({
      noisy: this.tensor(noisy, [batch, samples, signals, hours]),
      mask: this.windows(mask, batch),
      context: this.tensor(context, [batch, hours, imputer.channels]),
      step: this.tensor(step, step.length === 1 ? [1, 1] : [batch, samples]),
    });
    return numbers(results, 'velocity');
  }

  async assess(input: AssessInput): Promise<Assessment> {
    checkAssessInput(this.hyper, input);
    const { batch, values, mask, hoursSince } = input;
    const results = await this.sessions.risk.run({
      values: this.windows(values, batch),
      mask: this.windows(mask, batch),
      hoursSince: this.windows(hoursSince, batch),
      statistics: this.tensor(input.statistics, [batch, this.hyper.signals, this.hyper.statistics]),
      static: this.tensor(input.static, [batch, this.hyper.staticSize]),
    });
    return { logit: numbers(results, 'logit'), embedding: numbers(results, 'embedding') };
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.sessions).map((session) => session.release()));
  }

  private windows(values: Float32Array, batch: number): OnnxTensor {
    return this.tensor(values, [batch, this.hyper.signals, this.hyper.hours]);
  }

  private tensor(values: Float32Array, dims: number[]): OnnxTensor {
    return new this.runtime.Tensor('float32', values, dims);
  }
}

/** True where the CUDA libraries of ONNX Runtime lie beside its own. */
export function hasOnnxCuda(): boolean {
  const folder = join(dirname(requireOwn.resolve('onnxruntime-node/package.json')), 'bin', 'napi-v6');
  return existsSync(join(folder, process.platform, process.arch, 'libonnxruntime_providers_cuda.so'));
}

function version(): string {
  return (requireOwn('onnxruntime-node/package.json') as { version: string }).version;
}

function numbers(results: InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const value = results[name] as OnnxTensor | undefined;
  if (value === undefined) throw new Error(`the graph gave no "${name}"; it was not written by this version`);
  return value.data as Float32Array;
}
