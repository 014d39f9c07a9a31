import { Imputer, type FitOptions, type Imputation, type WindowGrid } from '#baselines';
import { exportOnnx, openEngine } from '#engine';
import type { SamplerSettings } from '#model';
import { imputeGrid } from '../fits/impute-grid.js';
import { fitOurs, type FittedOurs, type OurFitSettings } from './fit-ours.js';
import type { Side } from './grid-source.js';

/** Row of our networks where they are fitted here; `mtdm` is a bundle's. */
export const FITTED_OURS = 'mtdm-fitted';

/** Our imputer fitted on the windows at hand: an encoder of the window and residual diffusion, as served. */
export class OurImputer extends Imputer {
  override readonly id = FITTED_OURS;
  #fitted: (FittedOurs & { readonly seed: number }) | undefined;

  constructor(
    private readonly settings: OurFitSettings,
    private readonly sampler: SamplerSettings,
  ) {
    super();
  }

  override get chosen(): Readonly<Record<string, number>> {
    return this.settings.learningRates.length < 2 ? {} : { 'learning rate': this.#known().learningRate };
  }

  /** Learns from outcomes, too, in the `paper` preset; see {@link fitOurs}. */
  override async fit(training: Side, validation: Side, options: FitOptions): Promise<void> {
    this.#fitted = {
      ...(await fitOurs('imputer', training, validation, options, this.settings)),
      seed: options.seed,
    };
  }

  /** @returns the centre as values, and the sampler's draws */
  override async impute(windows: WindowGrid): Promise<Imputation> {
    const { hyper, weights, seed } = this.#known();
    const engine = await openEngine({ hyper, graphs: exportOnnx(hyper, weights), weights: () => weights });
    try {
      return await imputeGrid(engine, windows, this.sampler, seed);
    } finally {
      await engine.close();
    }
  }

  #known(): FittedOurs & { readonly seed: number } {
    if (this.#fitted === undefined) throw new Error(`${this.id} has not been fitted; call fit before impute`);
    return this.#fitted;
  }
}
