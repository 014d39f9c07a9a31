import type { WindowGrid } from '../methods/window-grid.js';

/** Training windows to impute from, laid out entry by entry so that a pass over all donors reads them in order. */
export class DonorWindows {
  readonly signalIds: WindowGrid['signalIds'];
  readonly hours: number;
  readonly #size: number;
  readonly #count: number;
  /** [entry, donor] normalised; 0 where missing. */
  readonly #values: Float32Array;
  /** [entry, donor] */
  readonly #mask: Uint8Array;
  readonly #squares: Float64Array;
  readonly #common: Int32Array;

  /** @param chosen windows of the grid that become donors */
  constructor(grid: WindowGrid, chosen: Int32Array) {
    this.signalIds = grid.signalIds;
    this.hours = grid.hours;
    this.#size = grid.signalIds.length * grid.hours;
    this.#count = chosen.length;
    this.#values = new Float32Array(this.#size * this.#count);
    this.#mask = new Uint8Array(this.#size * this.#count);
    this.#squares = new Float64Array(this.#count);
    this.#common = new Int32Array(this.#count);
    chosen.forEach((window, donor) => {
      for (let entry = 0; entry < this.#size; entry++) {
        if (grid.mask[window * this.#size + entry] !== 1) continue;
        this.#values[entry * this.#count + donor] = grid.values[window * this.#size + entry]!;
        this.#mask[entry * this.#count + donor] = 1;
      }
    });
  }

  /**
   * Donors from the nearest to the farthest by the mean squared difference over entries measured in both; a donor without a common entry
   * is left out. This orders as scikit-learn's `nan_euclidean_distances` does (Dixon 1979).
   *
   * @param values [signal, hour] of one window
   * @param mask   [signal, hour]
   */
  nearest(values: Float32Array, mask: Float32Array): number[] {
    const squares = this.#squares.fill(0);
    const common = this.#common.fill(0);
    for (let entry = 0; entry < this.#size; entry++) {
      if (mask[entry] === 1) this.#addSquares(entry * this.#count, values[entry]!, squares, common);
    }
    const order: number[] = [];
    for (let donor = 0; donor < this.#count; donor++) {
      if (common[donor] === 0) continue;
      squares[donor]! /= common[donor]!;
      order.push(donor);
    }
    return order.sort((a, b) => squares[a]! - squares[b]! || a - b);
  }

  /** Mean of an entry over the first `k` donors, in the order given, that have it measured; undefined where none has. */
  meanOfFirst(entry: number, order: readonly number[], k: number): number | undefined {
    const from = entry * this.#count;
    let sum = 0;
    let found = 0;
    for (let at = 0; at < order.length && found < k; at++) {
      const donor = from + order[at]!;
      if (this.#mask[donor] !== 1) continue;
      sum += this.#values[donor]!;
      found++;
    }
    return found === 0 ? undefined : sum / found;
  }

  #addSquares(from: number, value: number, squares: Float64Array, common: Int32Array): void {
    const [donorValues, donorMask] = [this.#values, this.#mask];
    for (let donor = 0; donor < squares.length; donor++) {
      const there = donorMask[from + donor]!;
      const difference = value - donorValues[from + donor]!;
      squares[donor]! += there * difference * difference;
      common[donor]! += there;
    }
  }
}
