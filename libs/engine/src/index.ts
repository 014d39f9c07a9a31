export type { Tensor } from './tensorflow/tensor.js';
export { hasNativeTensorFlow } from './tensorflow/load-tensorflow.js';
export type { TensorFlowChoice } from './tensorflow/load-tensorflow.js';
export { TRAINING_MEMORY_SETTINGS } from './tensorflow/memory-settings.js';
export { TensorRuntime } from './tensorflow/tensor-runtime.js';
export type { TensorMemory, TensorRuntimeName } from './tensorflow/tensor-runtime.js';
export { AdamTrainer } from './training/adam-trainer.js';
export type { AdamOptions, AdamState, LossFunction, LossReport, StepResult } from './training/adam-trainer.js';
export { exportOnnx } from './onnx/export-onnx.js';
export type { OnnxGraphs } from './onnx/export-onnx.js';
export { exportTreesOnnx } from './onnx/export-trees-onnx.js';
export type { DecisionTree, TreeEnsemble } from './onnx/export-trees-onnx.js';
export { ENGINE_NAMES } from './sessions/inference-engine.js';
export type {
  Assessment,
  AssessInput,
  DenoiseInput,
  EncodedWindows,
  EncodeInput,
  EngineChoice,
  EngineName,
  InferenceEngine,
} from './sessions/inference-engine.js';
export { openEngine } from './sessions/open-engine.js';
export type { EngineOptions, EngineSource } from './sessions/open-engine.js';
export { WorkerPool } from './pool/worker-pool.js';
export type { WorkerPoolOptions } from './pool/worker-pool.js';
export { serveJobs } from './pool/serve-jobs.js';
export { JobFailedError, PoolClosedError, PoolQueueFullError, WorkerCrashedError } from './pool/pool-errors.js';
