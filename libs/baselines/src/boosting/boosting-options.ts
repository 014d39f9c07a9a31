import type { FeatureMatrix } from './feature-matrix.js';

/** Cases with outcomes. */
export interface LabelledMatrix {
  readonly matrix: FeatureMatrix;
  /** [row] in [0, 1]; between them for a soft label, such as another model's probability. */
  readonly labels: ArrayLike<number>;
  /** [row] how much a row counts; 1 each where absent. */
  readonly weights?: ArrayLike<number>;
}

/** How trees are grown. */
export interface BoostingOptions {
  /** Draws rows and columns: the same data, options and seed give the same trees. @default 1 */
  readonly seed?: number;
  /** Trees at most. @default 300 */
  readonly trees?: number;
  /** Share of its best step that a tree takes. Lower values need more trees and generalise a little better. @default 0.05 */
  readonly learningRate?: number;
  /** Leaves of a tree at most; the leaf that gains most is split first. @default 31 */
  readonly maxLeaves?: number;
  /**
   * Smallest sum of p (1 - p) times weight in a leaf: at a risk of .14 a row counts about .12, so 5 are about 40 rows.
   * @default 5
   */
  readonly minChildWeight?: number;
  /** Pulls leaf values towards 0: added to the sum of p (1 - p). @default 1 */
  readonly l2?: number;
  /** Share of rows drawn for each tree, without replacement. @default 1 */
  readonly rowShare?: number;
  /** Share of columns drawn for each tree. @default 1 */
  readonly columnShare?: number;
  /** [row] how much a training row counts; 1 each where absent. */
  readonly weights?: ArrayLike<number>;
  /** Cases that end the growth when their loss no longer falls. */
  readonly validation?: LabelledMatrix;
  /** Trees without a lower validation loss before growth ends; those after the lowest are dropped. Needs `validation`. @default 30 */
  readonly earlyStopping?: number;
  /** Told after each tree; what it throws ends the fit. */
  readonly onProgress?: (round: BoostingRound) => void;
}

/** Where a fit stands. */
export interface BoostingRound {
  readonly tree: number;
  readonly trees: number;
  /** Mean log loss of the validation cases, where there are any. */
  readonly validationLoss?: number;
}

/** The settings of growth, all of them known. */
export type GrowthSettings = Required<
  Pick<
    BoostingOptions,
    | 'seed'
    | 'trees'
    | 'learningRate'
    | 'maxLeaves'
    | 'minChildWeight'
    | 'l2'
    | 'rowShare'
    | 'columnShare'
    | 'earlyStopping'
  >
>;

const DEFAULTS: GrowthSettings = {
  seed: 1,
  trees: 300,
  learningRate: 0.05,
  maxLeaves: 31,
  minChildWeight: 5,
  l2: 1,
  rowShare: 1,
  columnShare: 1,
  earlyStopping: 30,
};

/** [lowest, highest] of each setting. */
const LIMITS: Readonly<Record<keyof GrowthSettings, readonly [number, number]>> = {
  seed: [0, 2 ** 32 - 1],
  trees: [1, 100_000],
  learningRate: [1e-6, 1],
  maxLeaves: [2, 65_536],
  minChildWeight: [1e-3, Infinity],
  l2: [0, Infinity],
  rowShare: [1e-3, 1],
  columnShare: [1e-3, 1],
  earlyStopping: [1, Infinity],
};

/**
 * Options with defaults filled in.
 * @throws RangeError naming a setting that is out of range
 */
export function growthSettings(options: BoostingOptions): GrowthSettings {
  const settings = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof GrowthSettings)[]) {
    const value = options[name] ?? DEFAULTS[name];
    const [low, high] = LIMITS[name];
    if (!(value >= low && value <= high)) {
      throw new RangeError(`${name} is ${value}; expected a number from ${low} to ${high}`);
    }
    settings[name] = value;
  }
  return settings;
}
