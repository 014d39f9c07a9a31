import { seededRandom } from '#evaluation';
import { setImmediate } from 'node:timers/promises';
import { checkShape } from '../methods/check-shape.js';
import { drawAscending } from '../methods/draw-ascending.js';
import type { FitOptions } from '../methods/fit-options.js';
import { Imputer, type Imputation } from '../methods/imputer.js';
import { notFitted } from '../methods/not-fitted.js';
import type { WindowGrid } from '../methods/window-grid.js';
import { DonorWindows } from './donor-windows.js';
import { hourlyMeans } from './hourly-means.js';

/** Training windows that are kept to impute from, drawn by seed: the cost of a window is proportional to them. */
export const MAX_DONORS = 2000;

const NEIGHBOURS = [5, 10, 20, 40];
/** Windows between two pauses, so that a long imputation blocks nobody for long. */
const PAUSE_EVERY = 50;
const TRIAL_WINDOWS = 200;
const TRIAL_SHARE_HIDDEN = 0.1;

/**
 * k nearest training windows (Troyanskaya et al., Bioinformatics 2001;17:520) as scikit-learn's `KNNImputer` does it: distance over entries
 * that both have measured, and for each gap the mean of the k nearest that have that very entry. k is the one of 5, 10, 20 and 40 with the
 * least error on hidden entries of validation windows. An entry that no neighbour has: the training mean of the hour.
 */
export class KnnImputer extends Imputer {
  readonly id = 'knn';
  #fitted: { readonly donors: DonorWindows; readonly means: Float32Array; readonly neighbours: number } | undefined;

  constructor(private readonly candidates: readonly number[] = NEIGHBOURS) {
    super();
  }

  /** The chosen k. */
  get neighbours(): number {
    return (this.#fitted ?? notFitted(this.id)).neighbours;
  }

  override get chosen(): Readonly<Record<string, number>> {
    return { neighbours: this.neighbours };
  }

  async fit(training: WindowGrid, validation: WindowGrid, options: FitOptions): Promise<void> {
    const random = seededRandom(options.seed);
    const donors = new DonorWindows(training, drawAscending(training.count, MAX_DONORS, random));
    const means = hourlyMeans(training);
    checkShape(this.id, donors, validation);
    const errors = new Float64Array(this.candidates.length);
    const trials = drawAscending(validation.count, TRIAL_WINDOWS, random);
    for (const [done, window] of trials.entries()) {
      this.#tryWindow(donors, means, validation, window, random, errors);
      options.onProgress?.((done + 1) / trials.length, `neighbours tried on ${done + 1} windows`);
      await setImmediate();
      options.signal?.throwIfAborted();
    }
    this.#fitted = { donors, means, neighbours: this.candidates[errors.indexOf(Math.min(...errors))]! };
  }

  async impute(windows: WindowGrid): Promise<Imputation> {
    const { donors, means, neighbours } = this.#fitted ?? notFitted(this.id);
    checkShape(this.id, donors, windows);
    const values = windows.values.slice();
    for (let first = 0; first < values.length; first += means.length) {
      const row = values.subarray(first, first + means.length);
      const mask = windows.mask.subarray(first, first + means.length);
      const order = donors.nearest(row, mask);
      if (first % (PAUSE_EVERY * means.length) === 0) await setImmediate();
      for (let entry = 0; entry < row.length; entry++) {
        if (mask[entry] !== 1) row[entry] = donors.meanOfFirst(entry, order, neighbours) ?? means[entry]!;
      }
    }
    return { values };
  }

  /** Hides some measured entries of a window and adds the squared error of each candidate. */
  #tryWindow(
    donors: DonorWindows,
    means: Float32Array,
    { values, mask }: WindowGrid,
    window: number,
    random: () => number,
    errors: Float64Array,
  ): void {
    const row = values.subarray(window * means.length, (window + 1) * means.length);
    const measured = mask.subarray(window * means.length, (window + 1) * means.length);
    const shown = measured.map((there) => (there === 1 && random() >= TRIAL_SHARE_HIDDEN ? 1 : 0));
    const order = donors.nearest(row, shown);
    for (let entry = 0; entry < row.length; entry++) {
      if (measured[entry] !== 1 || shown[entry] === 1) continue;
      this.candidates.forEach((k, at) => {
        errors[at]! += (row[entry]! - (donors.meanOfFirst(entry, order, k) ?? means[entry]!)) ** 2;
      });
    }
  }
}
