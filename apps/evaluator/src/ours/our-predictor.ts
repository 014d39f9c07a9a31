import { MortalityPredictor, type FitOptions, type OutcomeGrid, type WindowGrid } from '#baselines';
import { fitOurs, type FittedOurs, type OurFitSettings } from './fit-ours.js';
import { gridSource } from './grid-source.js';
import { FITTED_OURS } from './our-imputer.js';
import { readWindows } from './read-windows.js';

/** Both networks fitted on the windows at hand; the risk of a window whose gaps hold the imputer's centre, not calibrated. */
export class OurPredictor extends MortalityPredictor {
  override readonly id = FITTED_OURS;
  #fitted: FittedOurs | undefined;

  constructor(private readonly settings: OurFitSettings) {
    super();
  }

  override get chosen(): Readonly<Record<string, number>> {
    return this.settings.learningRates.length < 2 ? {} : { 'learning rate': this.#known().learningRate };
  }

  override async fit(training: OutcomeGrid, validation: OutcomeGrid, options: FitOptions): Promise<void> {
    this.#fitted = await fitOurs('risk', training, validation, options, this.settings);
  }

  override predict(windows: WindowGrid): Promise<Float32Array> {
    const { runtime, hyper, weights } = this.#known();
    const rows = Array.from({ length: windows.count }, (_, row) => row);
    return Promise.resolve(readWindows(runtime, hyper, weights, gridSource(['test', windows]), rows).risks);
  }

  #known(): FittedOurs {
    if (this.#fitted === undefined) throw new Error(`${this.id} has not been fitted; call fit before predict`);
    return this.#fitted;
  }
}
