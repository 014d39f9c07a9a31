import type { DecisionTree } from '#engine';
import { MISSING_BIN, type BinnedMatrix } from './binned-matrix.js';
import type { GrowthSettings } from './boosting-options.js';
import { findSplit, type Split } from './find-split.js';
import { columnOffsets, fillHistogram, subtractHistogram } from './histograms.js';

/** Stands for "every known value" where a split parts known from missing values only; the greatest 32-bit float. */
const ABOVE_ALL = 3.4028234663852886e38;

/** A tree that also knows its splits as bins, so that binned rows find their leaf without their values. */
export interface GrownTree extends DecisionTree {
  /** [node] the last bin that goes left. */
  readonly bin: readonly number[];
}

interface Leaf {
  readonly node: number;
  /** Rows of the leaf: [start, end) of the grower's row list. */
  readonly start: number;
  readonly end: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly histogram: Float64Array;
  split: Split | undefined;
}

type Building = { -readonly [key in keyof GrownTree]: GrownTree[key] extends readonly (infer Item)[] ? Item[] : never };

/** Grows one tree after another on the same rows and keeps the working memory between them. */
export class TreeGrower {
  readonly #offsets: Int32Array;
  readonly #histogramLength: number;
  readonly #spare: Float64Array[] = [];
  readonly #moved: Int32Array;
  readonly #gradientsInOrder: Float32Array;
  readonly #hessiansInOrder: Float32Array;

  constructor(
    private readonly matrix: BinnedMatrix,
    private readonly settings: GrowthSettings,
  ) {
    ({ offsets: this.#offsets, length: this.#histogramLength } = columnOffsets(matrix));
    this.#moved = new Int32Array(matrix.rows);
    this.#gradientsInOrder = new Float32Array(matrix.rows);
    this.#hessiansInOrder = new Float32Array(matrix.rows);
  }

  /**
   * Grows a tree leaf by leaf: the split that gains most comes first (Ke et al. 2017), until there are enough leaves or no split gains.
   *
   * @param rows      rows to grow on; put into another order
   * @param gradients [row] first derivatives of the loss by the log odds
   * @param hessians  [row] second derivatives
   * @param columns   columns to look at
   */
  grow(rows: Int32Array, gradients: Float32Array, hessians: Float32Array, columns: Int32Array): GrownTree {
    const tree: Building = { column: [], threshold: [], left: [], right: [], missingLeft: [], value: [], bin: [] };
    const open = (start: number, end: number, gradient: number, hessian: number, histogram: Float64Array): Leaf => {
      const split = findSplit(this.matrix, histogram, this.#offsets, columns, { gradient, hessian }, this.settings);
      return { node: this.#addLeaf(tree, gradient, hessian), start, end, gradient, hessian, histogram, split };
    };
    const fill = (start: number, end: number): Float64Array => {
      const histogram = this.#spare.pop() ?? new Float64Array(this.#histogramLength);
      const leafRows = this.#inOrder(rows.subarray(start, end), gradients, hessians);
      fillHistogram(this.matrix, this.#offsets, columns, leafRows, histogram);
      return histogram;
    };
    let gradient = 0;
    let hessian = 0;
    for (const row of rows) {
      gradient += gradients[row]!;
      hessian += hessians[row]!;
    }
    const leaves = [open(0, rows.length, gradient, hessian, fill(0, rows.length))];
    while (leaves.length < this.settings.maxLeaves) {
      const leaf = bestLeaf(leaves);
      if (leaf?.split === undefined) break;
      const { start, end, split } = leaf;
      const middle = this.#part(rows, start, end, split);
      // the smaller child is counted, the larger is what remains of the parent
      const leftIsSmaller = middle - start <= end - middle;
      const smaller = leftIsSmaller ? fill(start, middle) : fill(middle, end);
      subtractHistogram(leaf.histogram, smaller);
      const [left, right] = leftIsSmaller ? [smaller, leaf.histogram] : [leaf.histogram, smaller];
      const { leftGradient, leftHessian } = split;
      const first = open(start, middle, leftGradient, leftHessian, left);
      const second = open(middle, end, leaf.gradient - leftGradient, leaf.hessian - leftHessian, right);
      this.#becomeSplit(tree, leaf.node, split, first.node, second.node);
      leaves.splice(leaves.indexOf(leaf), 1, first, second);
    }
    for (const { histogram } of leaves) this.#spare.push(histogram);
    return tree;
  }

  #addLeaf(tree: Building, gradient: number, hessian: number): number {
    const { l2, learningRate } = this.settings;
    const node = tree.column.length;
    tree.column.push(-1);
    tree.threshold.push(0);
    tree.bin.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.missingLeft.push(false);
    tree.value.push(Math.fround((-learningRate * gradient) / (hessian + l2)));
    return node;
  }

  #becomeSplit(tree: Building, node: number, { column, bin, missingLeft }: Split, left: number, right: number): void {
    tree.column[node] = column;
    tree.threshold[node] = this.matrix.cuts[column]![bin - 1] ?? ABOVE_ALL;
    tree.bin[node] = bin;
    tree.left[node] = left;
    tree.right[node] = right;
    tree.missingLeft[node] = missingLeft;
    tree.value[node] = 0;
  }

  /** Derivatives of a leaf's rows, copied together so that summing reads them in order. */
  #inOrder(rows: Int32Array, gradients: Float32Array, hessians: Float32Array) {
    for (let at = 0; at < rows.length; at++) {
      this.#gradientsInOrder[at] = gradients[rows[at]!]!;
      this.#hessiansInOrder[at] = hessians[rows[at]!]!;
    }
    return { rows, gradients: this.#gradientsInOrder, hessians: this.#hessiansInOrder };
  }

  /** Puts rows that go left before the others, each side in its old order; returns where the right side begins. */
  #part(rows: Int32Array, start: number, end: number, { column, bin, missingLeft }: Split): number {
    const { bins, rows: rowCount } = this.matrix;
    const from = column * rowCount;
    let middle = start;
    let moved = 0;
    for (let at = start; at < end; at++) {
      const row = rows[at]!;
      const here = bins[from + row]!;
      if (here === MISSING_BIN ? missingLeft : here <= bin) rows[middle++] = row;
      else this.#moved[moved++] = row;
    }
    rows.set(this.#moved.subarray(0, moved), middle);
    return middle;
  }
}

function bestLeaf(leaves: readonly Leaf[]): Leaf | undefined {
  let best: Leaf | undefined;
  for (const leaf of leaves) if (leaf.split && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf;
  return best;
}

/** Adds a tree's leaf to each row's log odds, by bins. */
export function addGrownTree(tree: GrownTree, { bins, rows }: BinnedMatrix, logits: Float64Array): void {
  const { column, bin, left, right, missingLeft, value } = tree;
  for (let row = 0; row < rows; row++) {
    let node = 0;
    while (column[node]! >= 0) {
      const here = bins[column[node]! * rows + row]!;
      node = (here === MISSING_BIN ? missingLeft[node]! : here <= bin[node]!) ? left[node]! : right[node]!;
    }
    logits[row]! += value[node]!;
  }
}
