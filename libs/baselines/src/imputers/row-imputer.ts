import { checkShape } from '../methods/check-shape.js';
import { Imputer, type Imputation } from '../methods/imputer.js';
import { notFitted } from '../methods/not-fitted.js';
import type { WindowGrid } from '../methods/window-grid.js';
import { hourlyMeans } from './hourly-means.js';

/**
 * Fills a signal from its own measured hours, and from the training mean of the hour where it has none to go by.
 *
 * The means are those of the `mean` imputer.
 */
export abstract class RowImputer extends Imputer {
  #fitted: { readonly shape: Pick<WindowGrid, 'signalIds' | 'hours'>; readonly means: Float32Array } | undefined;

  async fit(training: WindowGrid): Promise<void> {
    const { signalIds, hours } = training;
    this.#fitted = { shape: { signalIds, hours }, means: hourlyMeans(training) };
  }

  async impute(windows: WindowGrid): Promise<Imputation> {
    const { shape, means } = this.#fitted ?? notFitted(this.id);
    checkShape(this.id, shape, windows);
    const { hours, mask } = windows;
    const values = windows.values.map((value, entry) => (mask[entry] === 1 ? value : means[entry % means.length]!));
    for (let first = 0; first < values.length; first += hours) {
      this.fillRow(values.subarray(first, first + hours), mask.subarray(first, first + hours));
    }
    return { values };
  }

  /**
   * @param values [hour] of one signal, with training means in its gaps; written over there
   * @param mask   [hour]
   */
  protected abstract fillRow(values: Float32Array, mask: Float32Array): void;
}
