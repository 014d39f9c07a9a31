import {
  CLASSICAL_IMPUTER_IDS,
  CLASSICAL_PREDICTOR_IDS,
  createImputer,
  createNetworkImputer,
  createNetworkPredictor,
  createPredictor,
  NETWORK_IMPUTER_IDS,
  NETWORK_PREDICTOR_IDS,
  type Imputer,
  type MortalityPredictor,
} from '#baselines';

/** The methods that a run can compare, by id, in the order of the tables' rows. Each call makes one that is not fitted yet. */
export interface Methods {
  readonly imputers: ReadonlyMap<string, () => Imputer>;
  readonly predictors: ReadonlyMap<string, () => MortalityPredictor>;
  /** Those that are fitted on TensorFlow.js. */
  readonly networks: ReadonlySet<string>;
}

/** Scores of the bedside: nothing is fitted, and their numbers are no probabilities, so only their order is judged. */
export const BEDSIDE_SCORES: ReadonlySet<string> = new Set(['news2', 'saps-i', 'sofa', 'apache-iva']);

/** Fitted predictors that read measured values and masks only: what an imputer put into the gaps makes no difference to them. */
export const READ_NO_IMPUTATION: ReadonlySet<string> = new Set([
  'logistic-regression',
  'tree-ensemble',
  'gru-d',
  'brits-joint',
]);

/** Every method that is there. */
export const METHODS: Methods = {
  imputers: new Map<string, () => Imputer>([
    ...CLASSICAL_IMPUTER_IDS.map((id) => [id, () => createImputer(id)] as const),
    ...NETWORK_IMPUTER_IDS.map((id) => [id, () => createNetworkImputer(id)] as const),
  ]),
  predictors: new Map<string, () => MortalityPredictor>([
    ...CLASSICAL_PREDICTOR_IDS.map((id) => [id, () => createPredictor(id)] as const),
    ...NETWORK_PREDICTOR_IDS.map((id) => [id, () => createNetworkPredictor(id)] as const),
  ]),
  networks: new Set<string>([...NETWORK_IMPUTER_IDS, ...NETWORK_PREDICTOR_IDS]),
};
