import { GraphWriter } from './graph-writer.js';
import { ONNX_ML } from './onnx-schema.js';

/** One tree as lists by node; node 0 is the root and children come after their parent. */
export interface DecisionTree {
  /** [node] the column that is asked for; -1 for a leaf. */
  readonly column: readonly number[];
  /** [node] a row goes left where its value does not exceed this; exact as a 32-bit float. */
  readonly threshold: readonly number[];
  /** [node] left child; -1 for a leaf. */
  readonly left: readonly number[];
  /** [node] right child; -1 for a leaf. */
  readonly right: readonly number[];
  /** [node] whether a missing value (NaN) goes left. */
  readonly missingLeft: readonly boolean[];
  /** [node] what a leaf adds to the log odds; 0 for other nodes. */
  readonly value: readonly number[];
}

/** Trees whose leaves add up to log odds. */
export interface TreeEnsemble {
  /** Numbers that describe a row. */
  readonly columns: number;
  readonly baseLogit: number;
  readonly trees: readonly DecisionTree[];
}

/**
 * Writes an ensemble as an ONNX graph: features [batch, column], NaN where missing → logit [batch], risk [batch].
 *
 * A `TreeEnsembleRegressor` of `ai.onnx.ml` opset 3 and a sigmoid: sums are of 32-bit floats, so log odds agree with sums in double
 * precision to about 1e-6 of their size.
 *
 * @throws RangeError naming a tree whose lists differ in length or that asks for a column or node that is not there
 */
export function exportTreesOnnx(ensemble: TreeEnsemble): Uint8Array {
  ensemble.trees.forEach((tree, index) => checkTree(tree, index, ensemble.columns));
  const writer = new GraphWriter('trees');
  const features = writer.input('features', ['batch', ensemble.columns]);
  const settings = {
    n_targets: 1,
    base_values: { floats: [ensemble.baseLogit] },
    ...nodeSettings(ensemble.trees),
    ...leafSettings(ensemble.trees),
  };
  const [sums] = writer.node('TreeEnsembleRegressor', [features], [[null, 1]], settings, ONNX_ML);
  const [logit] = writer.node('Reshape', [sums!, writer.integers([-1])], [[null]]);
  const [risk] = writer.node('Sigmoid', [logit!], [[null]]);
  return writer.finish([
    { name: 'logit', dims: ['batch'], value: logit! },
    { name: 'risk', dims: ['batch'], value: risk! },
  ]);
}

function nodeSettings(trees: readonly DecisionTree[]) {
  const each = <T>(read: (tree: DecisionTree, node: number, index: number) => T): T[] =>
    trees.flatMap((tree, index) => tree.column.map((_, node) => read(tree, node, index)));
  return {
    nodes_treeids: each((_tree, _node, index) => index),
    nodes_nodeids: each((_tree, node) => node),
    nodes_featureids: each(({ column }, node) => Math.max(0, column[node]!)),
    nodes_modes: { strings: each(({ column }, node) => (column[node]! < 0 ? 'LEAF' : 'BRANCH_LEQ')) },
    nodes_values: { floats: each(({ threshold }, node) => threshold[node]!) },
    nodes_truenodeids: each(({ left }, node) => Math.max(0, left[node]!)),
    nodes_falsenodeids: each(({ right }, node) => Math.max(0, right[node]!)),
    nodes_missing_value_tracks_true: each(({ missingLeft }, node) => Number(missingLeft[node]!)),
  };
}

function leafSettings(trees: readonly DecisionTree[]) {
  const leaves = trees.flatMap(({ column, value }, tree) =>
    column.flatMap((one, node) => (one < 0 ? [{ tree, node, value: value[node]! }] : [])),
  );
  return {
    target_treeids: leaves.map(({ tree }) => tree),
    target_nodeids: leaves.map(({ node }) => node),
    target_ids: leaves.map(() => 0),
    target_weights: { floats: leaves.map(({ value }) => value) },
  };
}

function checkTree(tree: DecisionTree, index: number, columns: number): void {
  const nodes = tree.column.length;
  const lists = [tree.threshold, tree.left, tree.right, tree.missingLeft, tree.value];
  if (nodes === 0 || lists.some(({ length }) => length !== nodes)) {
    throw new RangeError(
      `tree ${index} has lists of [${[nodes, ...lists.map(({ length }) => length)]}] nodes; expected as many in each`,
    );
  }
  tree.column.forEach((column, node) => {
    if (column < 0) return;
    const children = [tree.left[node]!, tree.right[node]!];
    if (column >= columns || children.some((child) => child <= node || child >= nodes)) {
      throw new RangeError(
        `node ${node} of tree ${index} asks for column ${column} and nodes [${children}]; ` +
          `expected a column below ${columns} and later nodes below ${nodes}`,
      );
    }
  });
}
