export { keyedNormals } from './noise/keyed-normals.js';
export { hoursSinceObserved } from './hours-since-observed.js';
export { NormaliserFit } from './normalisation/fit-normaliser.js';
export { SignalNormaliser } from './normalisation/signal-normaliser.js';
export type { SignalScale } from './normalisation/signal-normaliser.js';
export { encodeStatic, fitStaticScales, STATIC_FEATURES } from './normalisation/static-encoder.js';
export type { StaticScale, StaticScales } from './normalisation/static-encoder.js';
export { sampleClean } from './diffusion/sampler.js';
export type { Denoiser } from './diffusion/sampler.js';
export { noiseLevel } from './diffusion/velocity.js';
export { contrastiveLoss, pairShares } from './loss/contrastive-loss.js';
export type { PairShares } from './loss/contrastive-loss.js';
export { imputeOneStep, jointLoss, PUBLISHED_LOSS_WEIGHTS } from './loss/joint-loss.js';
export type { ImputationBatch, JointBatch, JointLoss, JointLossOptions, LossWeights } from './loss/joint-loss.js';
export { riskLoss } from './loss/risk-loss.js';
export type { RiskBatch, RiskLoss } from './loss/risk-loss.js';
export { mortalityLoss } from './loss/mortality-loss.js';
export { decodeSafetensors, encodeSafetensors, safetensorsMetadata, SafetensorsError } from './bundle/safetensors.js';
export { BundleError } from './bundle/bundle-error.js';
export { parityDifference, parityWindow, readParityCase } from './bundle/parity-case.js';
export type { ParityCase } from './bundle/parity-case.js';
export { recordParityCase } from './bundle/record-parity-case.js';
export { readBundle, readManifest } from './bundle/release-bundle.js';
export type { ReleaseBundle } from './bundle/release-bundle.js';
export type { ReleaseManifest } from './bundle/release-manifest.js';
export type { ReferenceHistogram, TrainingReference } from './bundle/training-reference.js';
export { writeBundle } from './bundle/write-bundle.js';
export type { ReleaseDescription } from './bundle/write-bundle.js';
export { encodeStatistics, STATISTIC_FEATURES } from './normalisation/statistics-encoder.js';
export { encodeMeasured } from './scoring/encoded-window.js';
export type { EncodedWindow, FilledWindow } from './scoring/encoded-window.js';
export { imputeWindows } from './scoring/impute-windows.js';
export type { ImputedSamples, SamplerSettings, WindowToImpute } from './scoring/impute-windows.js';
export { lineAt } from './scoring/calibration.js';
export type { CalibrationAnchor } from './scoring/calibration.js';
export { centralInterval } from './scoring/sample-quantiles.js';
export type { CentralInterval } from './scoring/sample-quantiles.js';
export { RiskScorer } from './scoring/risk-scorer.js';
export type { RiskScorerOptions } from './scoring/risk-scorer.js';
export { TrainingNeighbours } from './neighbours/training-neighbours.js';
export type {
  Contribution,
  ImputedWindow,
  NearestStays,
  ScoreDetail,
  WindowScore,
  WindowToScore,
} from './scoring/window-score.js';
export { SHIPPED_RELEASE_ID, shippedReleaseDirectory } from './shipped-release.js';
