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
    const models: BoostedTrees[] = [];
    while (models.length < FITS) models.push(await this.#fitOne(cases, watched, models.length, options));
    this.#model = averageTrees(models);
  }

  async predict(windows: WindowGrid): Promise<Float32Array> {
    return predictLogits(this.model, statisticFeatures(windows)).map(probabilityOfLogOdds);
  }

  /** Pauses after each tree, so that a long fit can be stopped. */
  async #fitOne(
    training: BinnedCases,
    validation: BinnedCases,
    fit: number,
    options: FitOptions,
  ): Promise<BoostedTrees> {
    const seed = (Math.imul(options.seed, 1009) + fit) >>> 0;
    const rounds = boostTrees(training, validation, growthSettings({ ...this.settings, seed }));
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
