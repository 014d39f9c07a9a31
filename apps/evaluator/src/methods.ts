import {
  CLASSICAL_IMPUTER_IDS,
  CLASSICAL_PREDICTOR_IDS,
  createImputer,
  createNetworkImputer,
  createNetworkPredictor,
  createPredictor,
  hidePointsUpTo,
  NETWORK_IMPUTER_IDS,
  NETWORK_PREDICTOR_IDS,
  TRAINING,
  type Imputer,
  type MortalityPredictor,
} from '#baselines';
import { join } from 'node:path';
import type { EvaluateOptions } from './command-line.js';
import { FITTED_OURS, OurImputer } from './ours/our-imputer.js';
import { OurPredictor } from './ours/our-predictor.js';
import type { RunContext } from './run-context.js';

/** The methods that a run can compare, by id, in the order of the tables' rows. Each call makes one that is not fitted yet. */
export interface Methods {
  readonly imputers: ReadonlyMap<string, () => Imputer>;
  readonly predictors: ReadonlyMap<string, () => MortalityPredictor>;
  /** Those that are fitted on TensorFlow.js. */
  readonly networks: ReadonlySet<string>;
  /** What decides a fit of a method beside data, passes and patience, as JSON; empty for most. */
  readonly settingsOf: (id: string) => Readonly<Record<string, unknown>>;
}

/** Scores of the bedside: nothing is fitted, and their numbers are no probabilities, so only their order is judged. */
export const BEDSIDE_SCORES: ReadonlySet<string> = new Set(['news2', 'saps-i', 'sofa', 'apache-iva']);

/** Fitted predictors that read measured values and masks only: what an imputer put into the gaps makes no difference to them. */
export const READ_NO_IMPUTATION: ReadonlySet<string> = new Set([
  'logistic-regression',
  'tree-ensemble',
  'gru-d',
  'brits-joint',
  FITTED_OURS,
]);

/** Rates that the honest preset tries. */
const TUNED_RATES: readonly number[] = [1e-3, 3e-3];
/** Samples of CSDI where none are asked for. */
const USUAL_SAMPLES = 8;

/** What of a run decides how its methods are fitted, beside passes and patience. */
export type MethodChoice = Pick<
  EvaluateOptions,
  'preset' | 'sizes' | 'batchSize' | 'learningRates' | 'hiddenInTraining' | 'networkSize' | 'sampler' | 'out'
>;

/** The tuning budget of every fitted network: the published recipe's one rate, else a few, of which validation windows choose one. */
export function learningRatesOf({ preset, learningRates }: MethodChoice): readonly number[] {
  return learningRates ?? (preset === 'paper' ? TRAINING.learningRates : TUNED_RATES);
}

/** Every method that is there. */
export function methodsOf(choice: MethodChoice, surroundings: Pick<RunContext, 'nowMs' | 'signal'>): Methods {
  const { hiddenInTraining, networkSize: size, sampler } = choice;
  const learningRates = learningRatesOf(choice);
  const ours = { ...choice, learningRates, ...surroundings, folder: join(choice.out, 'cells') };
  const hide = hiddenInTraining === undefined ? {} : { hide: hidePointsUpTo(hiddenInTraining) };
  const network = { size, learningRates };
  const imputing = { ...network, ...hide, samples: sampler.samples };
  return {
    imputers: new Map<string, () => Imputer>([
      ...CLASSICAL_IMPUTER_IDS.map((id) => [id, () => createImputer(id)] as const),
      ...NETWORK_IMPUTER_IDS.map((id) => [id, () => createNetworkImputer(id, imputing)] as const),
      [FITTED_OURS, () => new OurImputer(ours, sampler)],
    ]),
    predictors: new Map<string, () => MortalityPredictor>([
      ...CLASSICAL_PREDICTOR_IDS.map((id) => [id, () => createPredictor(id)] as const),
      ...NETWORK_PREDICTOR_IDS.map((id) => [id, () => createNetworkPredictor(id, network)] as const),
      [FITTED_OURS, () => new OurPredictor(ours)],
    ]),
    networks: new Set<string>([...NETWORK_IMPUTER_IDS, ...NETWORK_PREDICTOR_IDS, FITTED_OURS]),
    settingsOf: (id) => settingsOf(id, choice),
  };
}

/** Settings as they stand in a cell's key: those at their usual value are left out, so that older cells are found again. */
function settingsOf(id: string, choice: MethodChoice): Record<string, unknown> {
  const learningRates = learningRatesOf(choice);
  const { preset, sizes, batchSize, hiddenInTraining, networkSize, sampler } = choice;
  const rates = learningRates.join() === TRAINING.learningRates.join() ? {} : { learningRates };
  if (id === FITTED_OURS) return { ...rates, sizes, batchSize, sampler, preset };
  if (![...NETWORK_IMPUTER_IDS, ...NETWORK_PREDICTOR_IDS].some((known) => known === id)) return {};
  const isImputer = NETWORK_IMPUTER_IDS.some((known) => known === id);
  return {
    ...rates,
    ...(networkSize === 'default' ? {} : { networkSize }),
    ...(isImputer && hiddenInTraining !== undefined ? { hiddenInTraining } : {}),
    ...(id === 'csdi' && sampler.samples !== USUAL_SAMPLES ? { samples: sampler.samples } : {}),
  };
}
