import { Imputer, type Imputation, type WindowGrid } from '#baselines';
import { hoursSinceObserved, imputeWindows, type RiskScorer, type SamplerSettings } from '#model';
import { createHash } from 'node:crypto';

/** Row of the bundle's imputer in every table. */
export const BUNDLE_METHOD = 'mtdm';

const BATCH_SIZE = 16;

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
    const { signals, hyper, releaseId } = this.scorer.manifest;
    const { sampler } = this;
    if (grid.signalIds.join() !== signals.join())
      throw new RangeError(
        `${releaseId} reads ${signals.length} signals, the windows hold ${grid.signalIds.length} or another order`,
      );
    const size = hyper.signals * hyper.hours;
    const values = new Float32Array(grid.count * size);
    const samples = Array.from({ length: sampler.samples }, () => new Float32Array(grid.count * size));
    for (let first = 0; first < grid.count; first += BATCH_SIZE) {
      const rows = Array.from({ length: Math.min(BATCH_SIZE, grid.count - first) }, (_, at) => first + at);
      const windows = rows.map((row) => windowOf(grid, row));
      const keys = windows.map((window) => this.#noiseKey(window));
      const imputed = await imputeWindows(this.scorer.engine, windows, keys, sampler);
      imputed.forEach((ofWindow, at) => {
        values.set(ofWindow.center, rows[at]! * size);
        ofWindow.samples.forEach((draw, sample) => samples[sample]!.set(draw, rows[at]! * size));
      });
    }
    return { values, samples };
  }

  /** The same window is imputed alike wherever it stands. */
  #noiseKey({ values, mask }: { readonly values: Float32Array; readonly mask: Float32Array }): string {
    const bytes = [values, mask].map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength),
    );
    const digest = bytes.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
    return `evaluation|${this.seed}|${digest}`;
  }
}

function windowOf({ values, mask, hours, signalIds, static: stays, staticSize }: WindowGrid, row: number) {
  const size = signalIds.length * hours;
  const own = mask.slice(row * size, (row + 1) * size);
  return {
    values: values.slice(row * size, (row + 1) * size),
    mask: own,
    hoursSince: hoursSinceObserved(own, hours),
    static: stays.slice(row * staticSize, (row + 1) * staticSize),
  };
}
