export type { LstmWeights, Ops, Shape } from './ops.js';
export type {
  DenoiserHyperParameters,
  HyperParameters,
  ImputerHyperParameters,
  RiskHyperParameters,
} from './hyper-parameters.js';
export { NETWORK_PRESETS } from './presets.js';
export type { NetworkPreset, NetworkPresetName } from './presets.js';
export { weight } from './weights.js';
export type { NetworkWeights, WeightArray, Weights } from './weights.js';
export { planRiskWeights, planWeights, runningAverageNames } from './weight-plan.js';
export type { PlannedWeight, WeightStart } from './weight-plan.js';
export { initialWeights, parameterCount } from './initial-weights.js';
export { encodeWindow } from './encode-window.js';
export type { EncodedWindow, ObservedWindows } from './encode-window.js';
export { predictVelocity } from './predict-velocity.js';
export type { NoisyWindows } from './predict-velocity.js';
export { assessRisk, assessRisks } from './assess-risk.js';
export type { CompleteWindows, RiskAssessment, RiskAssessments, RiskMode } from './assess-risk.js';
export { batchNorm, batchStatistics } from './batch-norm.js';
export type { BatchStatistics } from './batch-norm.js';
export { linearLayer } from './linear-layer.js';
export { transformerLayer } from './transformer-layer.js';
export type { TransformerSizes } from './transformer-layer.js';
