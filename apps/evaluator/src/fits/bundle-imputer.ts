import { Imputer, type Imputation, type WindowGrid } from '#baselines';
import { imputeWindows, type RiskScorer, type SamplerSettings } from '#model';

/** Row of the bundle's imputer in every table. */
export const BUNDLE_METHOD = 'mtdm';

const BATCH_SIZE = 16;

/**
 * The imputer of a bundle among the others. Nothing is fitted; the grid must be normalised with the bundle's own scales and hold its
 * signals in its order.
 */
export class BundleImputer extends Imputer {
  override readonly id = BUNDLE_METHOD;
  readonly #sampler: SamplerSettings;

  /** @param seed decides the noise, with the window's place in the grid */
  constructor(
    private readonly scorer: RiskScorer,
    private readonly seed: number,
  ) {
    super();
    this.#sampler = scorer.manifest.sampler;
  }

  override fit(): Promise<void> {
    return Promise.resolve();
  }

  /** @throws RangeError when the grid holds other signals than the bundle's */
  override async impute(grid: WindowGrid): Promise<Imputation> {
    const { signals, hyper, releaseId } = this.scorer.manifest;
    if (grid.signalIds.join() !== signals.join())
      throw new RangeError(
        `${releaseId} reads ${signals.length} signals, the windows hold ${grid.signalIds.length} or another order`,
      );
    const size = hyper.signals * hyper.hours;
    const samples = Array.from({ length: this.#sampler.samples }, () => new Float32Array(grid.count * size));
    for (let first = 0; first < grid.count; first += BATCH_SIZE) {
      const rows = Array.from({ length: Math.min(BATCH_SIZE, grid.count - first) }, (_, at) => first + at);
      const imputed = await imputeWindows(
        this.scorer.engine,
        rows.map((row) => ({
          values: grid.values.subarray(row * size, (row + 1) * size),
          mask: grid.mask.subarray(row * size, (row + 1) * size),
          static: grid.static.subarray(row * hyper.staticSize, (row + 1) * hyper.staticSize),
        })),
        rows.map((row) => `evaluation|${this.seed}|${row}`),
        this.#sampler,
      );
      imputed.forEach((draws, at) => draws.forEach((draw, sample) => samples[sample]!.set(draw, rows[at]! * size)));
    }
    return { values: medianOf(samples), samples };
  }
}

/** Median over the samples at every entry. */
function medianOf(samples: readonly Float32Array[]): Float32Array {
  const draws = new Float64Array(samples.length);
  const [low, high] = [(samples.length - 1) >> 1, samples.length >> 1];
  return samples[0]!.map((_, entry) => {
    samples.forEach((sample, at) => (draws[at] = sample[entry]!));
    draws.sort();
    return (draws[low]! + draws[high]!) / 2;
  });
}
