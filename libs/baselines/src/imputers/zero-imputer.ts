import { Imputer, type Imputation } from '../methods/imputer.js';
import type { WindowGrid } from '../methods/window-grid.js';

/** Gaps become 0, which on the normalised scale is the mean of the signal over all training entries. Nothing is fitted. */
export class ZeroImputer extends Imputer {
  readonly id = 'zero';

  async fit(): Promise<void> {}

  async impute({ values, mask }: WindowGrid): Promise<Imputation> {
    return { values: values.map((value, entry) => (mask[entry] === 1 ? value : 0)) };
  }
}
