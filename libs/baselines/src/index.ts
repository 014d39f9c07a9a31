export { news2, NEWS2_PARTS } from './news2.js';
export type { LatestLookup, News2, News2Part } from './news2.js';
export type { FitOptions } from './methods/fit-options.js';
export { Imputer } from './methods/imputer.js';
export type { Imputation } from './methods/imputer.js';
export { MortalityPredictor } from './methods/mortality-predictor.js';
export type { GridStay, OutcomeGrid, SeverityScore, WindowGrid } from './methods/window-grid.js';
export type { FeatureMatrix } from './boosting/feature-matrix.js';
export type { BoostingOptions, BoostingRound, LabelledMatrix } from './boosting/boosting-options.js';
export { fitBoostedTrees } from './boosting/fit-boosted-trees.js';
export { averageTrees, predictLogits } from './boosting/boosted-trees.js';
export type { BoostedTrees } from './boosting/boosted-trees.js';
export { statisticFeatures } from './predictors/statistic-features.js';
export { TREE_ENSEMBLE_SETTINGS, TreeEnsemblePredictor } from './predictors/tree-ensemble-predictor.js';
export {
  CLASSICAL_IMPUTER_IDS,
  CLASSICAL_PREDICTOR_IDS,
  createImputer,
  createPredictor,
} from './methods/classical-methods.js';
export type { ClassicalImputerId, ClassicalPredictorId } from './methods/classical-methods.js';
export {
  createNetworkImputer,
  createNetworkPredictor,
  NETWORK_IMPUTER_IDS,
  NETWORK_PREDICTOR_IDS,
} from './networks/network-methods.js';
export type {
  NetworkImputerId,
  NetworkImputerOptions,
  NetworkPredictorId,
  NetworkPredictorOptions,
} from './networks/network-methods.js';
export type { NetworkSize } from './networks/network-sizes.js';
export type { HideEntries } from './networks/training/window-batch.js';
export { hidePointsUpTo } from './networks/training/hide-points.js';
export { TRAINING } from './networks/training/fit-network.js';
