import { RowImputer } from './row-imputer.js';

/** Gaps become the mean of the same signal at the same hour of the window, over measured entries of training windows. */
export class MeanImputer extends RowImputer {
  readonly id = 'mean';

  protected override fillRow(): void {
    // the gaps hold the means already
  }
}
