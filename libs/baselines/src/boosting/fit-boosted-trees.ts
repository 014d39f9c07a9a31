import { logOdds, seededRandom } from '#evaluation';
import { drawAscending } from '../methods/draw-ascending.js';
import { binMatrix, type BinnedMatrix } from './binned-matrix.js';
import type { BoostedTrees } from './boosted-trees.js';
import { growthSettings, type BoostingOptions, type BoostingRound, type GrowthSettings } from './boosting-options.js';
import type { FeatureMatrix } from './feature-matrix.js';
import { addGrownTree, TreeGrower, type GrownTree } from './tree-grower.js';

/** Cases to learn from, binned; the cuts are those of the training rows. */
export interface BinnedCases {
  readonly matrix: BinnedMatrix;
  readonly labels: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | undefined;
}

/** Hessians are at least this much times the weight, so that certain rows still count as rows. */
const MIN_HESSIAN = 1e-6;

/**
 * Gradient boosting of trees for a probability (Friedman 2001), by histograms and leaf by leaf as LightGBM does (Ke et al. 2017), with
 * the second-order step and the learned direction of missing values of XGBoost (Chen and Guestrin 2016).
 *
 * Labels may lie between 0 and 1: the log loss is then that of a soft label. One thread, several minutes for a large matrix;
 * {@link boostTrees} is the same with a pause after each tree.
 *
 * @param labels [row] in [0, 1]
 * @throws RangeError for options out of range, or rows and labels that do not agree
 */
export function fitBoostedTrees(
  matrix: FeatureMatrix,
  labels: ArrayLike<number>,
  options: BoostingOptions = {},
): BoostedTrees {
  const training = { matrix: binMatrix(matrix), labels, weights: options.weights };
  const validation = options.validation && {
    ...options.validation,
    matrix: binMatrix(options.validation.matrix, training.matrix.cuts),
  };
  const rounds = boostTrees(training, validation, growthSettings(options));
  for (;;) {
    const { done, value } = rounds.next();
    if (done) return value;
    options.onProgress?.(value);
  }
}

/** Grows one tree for each call of `next` and returns the ensemble at the end. Binned cases can serve several fits. */
export function* boostTrees(
  training: BinnedCases,
  validation: BinnedCases | undefined,
  settings: GrowthSettings,
): Generator<BoostingRound, BoostedTrees, void> {
  const weights = checkCases(training, 'training');
  const { matrix, labels } = training;
  const random = seededRandom(settings.seed);
  const grower = new TreeGrower(matrix, settings);
  const baseLogit = Math.fround(logOdds(weightedMean(labels, weights)));
  const logits = new Float64Array(matrix.rows).fill(baseLogit);
  const gradients = new Float32Array(matrix.rows);
  const hessians = new Float32Array(matrix.rows);
  const watch = validation && new ValidationWatch(validation, baseLogit);
  const trees: GrownTree[] = [];
  while (trees.length < settings.trees) {
    derivatives(labels, weights, logits, gradients, hessians);
    const rows = draw(matrix.rows, settings.rowShare, random);
    const tree = grower.grow(rows, gradients, hessians, draw(matrix.columns, settings.columnShare, random));
    trees.push(tree);
    addGrownTree(tree, matrix, logits);
    const validationLoss = watch?.after(tree);
    const round = { tree: trees.length, trees: settings.trees };
    yield validationLoss === undefined ? round : { ...round, validationLoss };
    if (watch && trees.length - watch.bestTree >= settings.earlyStopping) break;
  }
  const kept = watch ? trees.slice(0, watch.bestTree) : trees;
  return { columns: matrix.columns, baseLogit, trees: kept.map(withoutBins) };
}

function withoutBins({ column, threshold, left, right, missingLeft, value }: GrownTree): BoostedTrees['trees'][number] {
  return { column, threshold, left, right, missingLeft, value };
}

/** Loss on cases that the trees are not grown on. */
class ValidationWatch {
  /** Number of trees with the lowest loss so far. */
  bestTree = 0;
  readonly #weights: Float64Array;
  readonly #logits: Float64Array;
  #trees = 0;
  #bestLoss: number;

  constructor(
    private readonly cases: BinnedCases,
    baseLogit: number,
  ) {
    this.#weights = checkCases(cases, 'validation');
    this.#logits = new Float64Array(cases.matrix.rows).fill(baseLogit);
    this.#bestLoss = this.#loss();
  }

  after(tree: GrownTree): number {
    this.#trees++;
    addGrownTree(tree, this.cases.matrix, this.#logits);
    const loss = this.#loss();
    if (loss < this.#bestLoss) {
      this.#bestLoss = loss;
      this.bestTree = this.#trees;
    }
    return loss;
  }

  #loss(): number {
    const { labels } = this.cases;
    let sum = 0;
    let weight = 0;
    for (let row = 0; row < labels.length; row++) {
      const logit = this.#logits[row]!;
      // log(1 + exp(logit)) - label * logit, without overflow
      const loss = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - labels[row]! * logit;
      sum += loss * this.#weights[row]!;
      weight += this.#weights[row]!;
    }
    return sum / weight;
  }
}

function derivatives(
  labels: ArrayLike<number>,
  weights: Float64Array,
  logits: Float64Array,
  gradients: Float32Array,
  hessians: Float32Array,
): void {
  for (let row = 0; row < logits.length; row++) {
    const risk = 1 / (1 + Math.exp(-logits[row]!));
    gradients[row] = (risk - labels[row]!) * weights[row]!;
    hessians[row] = Math.max(risk * (1 - risk), MIN_HESSIAN) * weights[row]!;
  }
}

/** A share of the numbers below `count`, at least one. */
function draw(count: number, share: number, random: () => number): Int32Array {
  return drawAscending(count, Math.max(1, Math.round(count * share)), random);
}

function weightedMean(labels: ArrayLike<number>, weights: Float64Array): number {
  let sum = 0;
  let weight = 0;
  for (let row = 0; row < weights.length; row++) {
    sum += labels[row]! * weights[row]!;
    weight += weights[row]!;
  }
  return sum / weight;
}

function checkCases({ matrix, labels, weights }: BinnedCases, name: string): Float64Array {
  const { rows } = matrix;
  if (rows === 0 || labels.length !== rows || (weights && weights.length !== rows)) {
    throw new RangeError(
      `${name}: ${rows} rows, ${labels.length} labels and ${weights?.length ?? rows} weights; expected as many of each, and at least one`,
    );
  }
  for (let row = 0; row < rows; row++) {
    const label = labels[row]!;
    const weight = weights?.[row] ?? 1;
    if (!(label >= 0 && label <= 1))
      throw new RangeError(`${name}: label ${row} is ${label}; expected a number from 0 to 1`);
    if (!(weight >= 0 && weight < Infinity))
      throw new RangeError(`${name}: weight ${row} is ${weight}; expected 0 or more`);
  }
  const checked = weights ? Float64Array.from(weights) : new Float64Array(rows).fill(1);
  if (!checked.some((weight) => weight > 0)) throw new RangeError(`${name}: every weight is 0; expected one above 0`);
  return checked;
}
