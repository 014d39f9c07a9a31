export type { Tensor } from './tensor.js';
export { hasNativeTensorFlow, loadTensorFlow } from './load-tensorflow.js';
export type { LoadedTensorFlow, TensorFlowChoice } from './load-tensorflow.js';
export { TensorRuntime } from './tensor-runtime.js';
export type { TensorMemory, TensorRuntimeName } from './tensor-runtime.js';
export { AdamTrainer } from './adam-trainer.js';
export type { AdamOptions, AdamState, LossFunction, LossReport, StepResult } from './adam-trainer.js';
