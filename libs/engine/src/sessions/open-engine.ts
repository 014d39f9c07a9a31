import type { HyperParameters, NetworkWeights } from '#network';
import type { OnnxGraphs } from '../onnx/export-onnx.js';
import { hasNativeTensorFlow } from '../tensorflow/load-tensorflow.js';
import { TensorRuntime } from '../tensorflow/tensor-runtime.js';
import type { EngineChoice, InferenceEngine } from './inference-engine.js';
import { hasOnnxCuda, OnnxEngine } from './onnx-engine.js';
import { TensorFlowEngine } from './tensorflow-engine.js';

/** What an engine is opened from; both forms of the same release. */
export interface EngineSource {
  hyper: HyperParameters;
  graphs: OnnxGraphs;
  /** Asked for only where TensorFlow.js computes. */
  weights(): NetworkWeights | Promise<NetworkWeights>;
}

/** How an engine computes. */
export interface EngineOptions {
  /** @default 'auto' */
  engine?: EngineChoice;
  /**
   * Threads that share one call of ONNX Runtime. More than one pays for large batches in a process with no other work; a pool of
   * workers takes 1.
   * @default 1
   */
  intraOpNumThreads?: number;
}

/**
 * Opens the networks of a release. `auto` tries onnx-cuda where its libraries lie, then tensorflow-gpu where it is installed, and
 * ends at onnx-cpu, which is always there.
 * @throws Error when what was asked for by name cannot be had, saying what to do
 */
export async function openEngine(source: EngineSource, options: EngineOptions = {}): Promise<InferenceEngine> {
  const { engine = 'auto', intraOpNumThreads = 1 } = options;
  if (engine === 'auto') return openBest(source, intraOpNumThreads);
  if (engine === 'tensorflow-gpu' || engine === 'tensorflow-cpu') return openTensorFlow(source, engine);
  if (engine === 'onnx-cuda' && !hasOnnxCuda()) {
    throw new Error(
      'onnx-cuda needs the CUDA libraries of ONNX Runtime; run: npm rebuild onnxruntime-node --onnxruntime-node-install=cuda12',
    );
  }
  return OnnxEngine.open(engine, source.hyper, source.graphs, intraOpNumThreads);
}

async function openBest(source: EngineSource, intraOpNumThreads: number): Promise<InferenceEngine> {
  const graphics: (() => Promise<InferenceEngine>)[] = [];
  if (hasOnnxCuda()) graphics.push(() => OnnxEngine.open('onnx-cuda', source.hyper, source.graphs, intraOpNumThreads));
  if (hasNativeTensorFlow('native-gpu')) graphics.push(() => openTensorFlow(source, 'tensorflow-gpu'));
  for (const open of graphics) {
    try {
      return await open();
    } catch {
      // libraries without a graphics processor behind them: the next one is tried
    }
  }
  return OnnxEngine.open('onnx-cpu', source.hyper, source.graphs, intraOpNumThreads);
}

async function openTensorFlow(
  source: EngineSource,
  engine: 'tensorflow-gpu' | 'tensorflow-cpu',
): Promise<InferenceEngine> {
  if (engine === 'tensorflow-cpu') {
    const runtime = await TensorRuntime.load(hasNativeTensorFlow('native') ? 'native' : 'wasm');
    return new TensorFlowEngine(runtime, source.hyper, await source.weights());
  }
  const runtime = await TensorRuntime.load('native-gpu');
  if (runtime.name !== 'tensorflow-gpu') {
    throw new Error(
      'tensorflow-gpu found no graphics processor that it can use; see the CUDA versions in libs/engine/README.md',
    );
  }
  return new TensorFlowEngine(runtime, source.hyper, await source.weights());
}
