import { setImmediate } from 'node:timers/promises';
import { probabilityOfLogOdds } from '#evaluation';
import { binMatrix } from '../boosting/binned-matrix.js';
import { averageTrees, predictLogits, type BoostedTrees } from '../boosting/boosted-trees.js';
import { growthSettings, type BoostingOptions } from '../boosting/boosting-options.js';
import { boostTrees, type BinnedCases } from '../boosting/fit-boosted-trees.js';
import type { FitOptions } from '../methods/fit-options.js';
import { MortalityPredictor } from '../methods/mortality-predictor.js';
import type { OutcomeGrid, WindowGrid } from '../methods/window-grid.js';
import { notFitted } from '../methods/not-fitted.js';
import { statisticFeatures } from './statistic-features.js';

/** Settings chosen on validation windows of Challenge 2012; see the README. */
export const TREE_ENSEMBLE_SETTINGS: BoostingOptions = {
  trees: 2000,
  learningRate: 0.03,
  maxLeaves: 12,
  minChildWeight: 20,
  l2: 20,
  rowShare: 0.5,
  columnShare: 0.1,
  earlyStopping: 50,
};

const FITS = 5;
/** Least weight of a leaf as a share of the weight of all windows, at most: else few windows could not be told apart at all. */
const MOST_LEAF_SHARE = 1 / 10;

/**
 * Gradient boosting on window statistics (Friedman 2001; Ke et al. 2017): the mean log odds of five fits that differ in the rows and
 * columns they draw, each stopped when the validation loss no longer falls. Imputed values are not looked at.
 */
export class TreeEnsemblePredictor extends MortalityPredictor {
  readonly id = 'tree-ensemble';
  #model: BoostedTrees | undefined;

  constructor(private readonly settings: BoostingOptions = TREE_ENSEMBLE_SETTINGS) {
    super();
  }

  /** The fitted trees: one ensemble, for export. */
  get model(): BoostedTrees {
    return this.#model ?? notFitted(this.id);
  }

  async fit(training: OutcomeGrid, validation: OutcomeGrid, options: FitOptions): Promise<void> {
    const matrix = binMatrix(statisticFeatures(training));
    const cases = { matrix, labels: training.labels };
    const watched = { matrix: binMatrix(statisticFeatures(validation), matrix.cuts), labels: validation.labels };
    const leastWeight = MOST_LEAF_SHARE * weightOf(training.labels);
    const models: BoostedTrees[] = [];
    while (models.length < FITS) models.push(await this.#fitOne(cases, watched, leastWeight, models.length, options));
    this.#model = averageTrees(models);
  }

  async predict(windows: WindowGrid): Promise<Float32Array> {
    return predictLogits(this.model, statisticFeatures(windows)).map(probabilityOfLogOdds);
  }

  /** Pauses after each tree, so that a long fit can be stopped. */
  async #fitOne(
    training: BinnedCases,
    validation: BinnedCases,
    leastWeight: number,
    fit: number,
    options: FitOptions,
  ): Promise<BoostedTrees> {
    const seed = (Math.imul(options.seed, 1009) + fit) >>> 0;
    const settings = growthSettings({ ...this.settings, seed });
    const rounds = boostTrees(training, validation, {
      ...settings,
      minChildWeight: Math.min(settings.minChildWeight, leastWeight),
    });
    for (;;) {
      const { done, value } = rounds.next();
      if (done) return value;
      const loss = value.validationLoss?.toFixed(4);
      options.onProgress?.((fit + value.tree / value.trees) / FITS, `fit ${fit + 1}, tree ${value.tree}: loss ${loss}`);
      await setImmediate();
      options.signal?.throwIfAborted();
    }
  }
}

/** Sum of p (1 - p) over windows at the rate of death, which is what leaves weigh before the first tree. */
function weightOf(labels: Float32Array): number {
  const deaths = labels.reduce((sum, label) => sum + label, 0);
  return labels.length === 0 ? 0 : (deaths * (labels.length - deaths)) / labels.length;
}
