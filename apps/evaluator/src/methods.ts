import {
  CLASSICAL_IMPUTER_IDS,
  CLASSICAL_PREDICTOR_IDS,
  createImputer,
  createPredictor,
  type Imputer,
  type MortalityPredictor,
} from '#baselines';

/** The methods that a run can compare, by id, in the order of the tables' rows. Each call makes one that is not fitted yet. */
export interface Methods {
  readonly imputers: ReadonlyMap<string, () => Imputer>;
  readonly predictors: ReadonlyMap<string, () => MortalityPredictor>;
}

/** Scores of the bedside: nothing is fitted, and their numbers are no probabilities, so only their order is judged. */
export const BEDSIDE_SCORES: ReadonlySet<string> = new Set(['news2', 'saps-i', 'sofa', 'apache-iva']);

/** Every method that is there. */
export const METHODS: Methods = {
  imputers: new Map(CLASSICAL_IMPUTER_IDS.map((id) => [id, () => createImputer(id)])),
  predictors: new Map(CLASSICAL_PREDICTOR_IDS.map((id) => [id, () => createPredictor(id)])),
};
