import { KnnImputer } from '../imputers/knn-imputer.js';
import { LinearImputer } from '../imputers/linear-imputer.js';
import { LocfImputer } from '../imputers/locf-imputer.js';
import { MeanImputer } from '../imputers/mean-imputer.js';
import { ZeroImputer } from '../imputers/zero-imputer.js';
import { KmeansPredictor } from '../predictors/kmeans-predictor.js';
import { KnnPredictor } from '../predictors/knn-predictor.js';
import { LogisticPredictor } from '../predictors/logistic-predictor.js';
import { News2Predictor } from '../predictors/news2-predictor.js';
import { SeverityScorePredictor } from '../predictors/severity-score-predictor.js';
import { TreeEnsemblePredictor } from '../predictors/tree-ensemble-predictor.js';
import type { Imputer } from './imputer.js';
import type { MortalityPredictor } from './mortality-predictor.js';

const IMPUTERS = {
  zero: () => new ZeroImputer(),
  mean: () => new MeanImputer(),
  locf: () => new LocfImputer(),
  linear: () => new LinearImputer(),
  knn: () => new KnnImputer(),
} satisfies Record<string, () => Imputer>;

/** Name of an imputer without a network. */
export type ClassicalImputerId = keyof typeof IMPUTERS;

/** Imputers without a network, in the order of tables. */
export const CLASSICAL_IMPUTER_IDS = Object.keys(IMPUTERS) as readonly ClassicalImputerId[];

/** A fresh imputer, not fitted yet. */
export function createImputer(id: ClassicalImputerId): Imputer {
  return IMPUTERS[id]();
}

const PREDICTORS = {
  'saps-i': () => new SeverityScorePredictor('saps-i'),
  sofa: () => new SeverityScorePredictor('sofa'),
  'apache-iva': () => new SeverityScorePredictor('apache-iva'),
  news2: () => new News2Predictor(),
  kmeans: () => new KmeansPredictor(),
  knn: () => new KnnPredictor(),
  'logistic-regression': () => new LogisticPredictor(),
  'tree-ensemble': () => new TreeEnsemblePredictor(),
} satisfies Record<string, () => MortalityPredictor>;

/** Name of a mortality predictor without a network. */
export type ClassicalPredictorId = keyof typeof PREDICTORS;

/** Mortality predictors without a network, in the order of tables. */
export const CLASSICAL_PREDICTOR_IDS = Object.keys(PREDICTORS) as readonly ClassicalPredictorId[];

/** A fresh predictor, not fitted yet. */
export function createPredictor(id: ClassicalPredictorId): MortalityPredictor {
  return PREDICTORS[id]();
}
