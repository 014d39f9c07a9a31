import type { Imputer, MortalityPredictor } from '#baselines';

/** The methods that a run can compare, by id, in the order of the tables' rows. Each call makes one that is not fitted yet. */
export interface Methods {
  readonly imputers: ReadonlyMap<string, () => Imputer>;
  readonly predictors: ReadonlyMap<string, () => MortalityPredictor>;
}

/** Scores of the bedside: nothing is fitted, and their numbers are no probabilities, so only their order is judged. */
export const BEDSIDE_SCORES: ReadonlySet<string> = new Set(['news2', 'saps-i', 'sofa']);

/** Every method that is there. */
export const METHODS: Methods = { imputers: new Map(), predictors: new Map() };
