import { Imputer, type Imputation, type WindowGrid } from '#baselines';
import type { RiskScorer, SamplerSettings } from '#model';
import { imputeGrid } from './impute-grid.js';

/** Row of the bundle's imputer in every table. */
export const BUNDLE_METHOD = 'mtdm';

/**
 * The imputer of a bundle among the others. Nothing is fitted; the grid must be normalised with the bundle's own scales and hold its
 * signals in its order.
 */
export class BundleImputer extends Imputer {
  override readonly id = BUNDLE_METHOD;
  /**
   * @param seed    decides the noise, with the window's content
   * @param sampler as served, or another to measure beside it
   */
  constructor(
    private readonly scorer: RiskScorer,
    private readonly seed: number,
    private readonly sampler: SamplerSettings = scorer.manifest.sampler,
  ) {
    super();
  }

  override fit(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * @returns the imputer's own centre as values, and its samples
   * @throws RangeError when the grid holds other signals than the bundle's
   */
  override async impute(grid: WindowGrid): Promise<Imputation> {
    const { signals, releaseId } = this.scorer.manifest;
    const { sampler } = this;
    if (grid.signalIds.join() !== signals.join())
      throw new RangeError(
        `${releaseId} reads ${signals.length} signals, the windows hold ${grid.signalIds.length} or another order`,
      );
    return imputeGrid(this.scorer.engine, grid, sampler, this.seed);
  }
}
