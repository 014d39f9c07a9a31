import type { DecisionTree, TreeEnsemble } from '#engine';
import { checkMatrix, type FeatureMatrix } from './feature-matrix.js';

/** A fitted ensemble: plain numbers, which JSON keeps to the bit. */
export type BoostedTrees = TreeEnsemble;

/**
 * Log odds of each row: the base plus one leaf of every tree.
 * @returns [row]
 * @throws RangeError when the matrix has other columns than the model
 */
export function predictLogits(model: BoostedTrees, matrix: FeatureMatrix): Float32Array {
  checkMatrix(matrix);
  const { rows, columns, values } = matrix;
  if (columns !== model.columns) {
    throw new RangeError(`the matrix has ${columns} columns, but the model was fitted on ${model.columns}`);
  }
  const sums = new Float64Array(rows).fill(model.baseLogit);
  for (const tree of model.trees) addTree(packed(tree), values, rows, columns, sums);
  return Float32Array.from(sums);
}

/**
 * One ensemble that gives the mean of the log odds of several.
 * @throws RangeError without a model, or where their columns differ
 */
export function averageTrees(models: readonly BoostedTrees[]): BoostedTrees {
  const columns = models[0]?.columns;
  if (columns === undefined || models.some((model) => model.columns !== columns)) {
    throw new RangeError(
      `ensembles of [${models.map((model) => model.columns)}] columns have no mean: expected one or more of equal width`,
    );
  }
  const share = 1 / models.length;
  return {
    columns,
    baseLogit: models.reduce((sum, { baseLogit }) => sum + baseLogit * share, 0),
    trees: models.flatMap(({ trees }) =>
      trees.map((tree) => ({ ...tree, value: tree.value.map((value) => value * share) })),
    ),
  };
}

interface PackedTree {
  readonly column: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly value: Float64Array;
}

function packed({ column, threshold, left, right, missingLeft, value }: DecisionTree): PackedTree {
  return {
    column: Int32Array.from(column),
    threshold: Float64Array.from(threshold),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    missingLeft: Uint8Array.from(missingLeft, Number),
    value: Float64Array.from(value),
  };
}

function addTree(tree: PackedTree, values: Float32Array, rows: number, columns: number, sums: Float64Array): void {
  const { column, threshold, left, right, missingLeft, value } = tree;
  for (let row = 0; row < rows; row++) {
    const first = row * columns;
    let node = 0;
    let at = column[0]!;
    while (at >= 0) {
      const here = values[first + at]!;
      const goesLeft = here === here ? here <= threshold[node]! : missingLeft[node] === 1;
      node = goesLeft ? left[node]! : right[node]!;
      at = column[node]!;
    }
    sums[row]! += value[node]!;
  }
}
