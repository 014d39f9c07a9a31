import type { Tensor, TensorRuntime } from '#engine';
import type { NetworkWeights, Weights } from '#network';
import type { FitOptions } from '../../methods/fit-options.js';
import { chosenRate, fitNetwork, type NetworkFit, type TrainingSettings } from './fit-network.js';
import { requireRuntime } from './require-runtime.js';

/** What a fit needs to know of a network, besides how it is trained. */
export type NetworkTask = Omit<NetworkFit, 'runtime' | 'settings' | 'options'>;

interface Fitted {
  readonly runtime: TensorRuntime;
  readonly weights: NetworkWeights;
  readonly learningRate: number;
}

/** What every method with a network keeps of its fit, and how it is used afterwards. Between two uses no tensor is held. */
export class KeptNetwork {
  #fitted: Fitted | undefined;

  /** @param id of the method, for what errors say */
  constructor(
    readonly id: string,
    private readonly settings: TrainingSettings,
  ) {}

  /** See `Imputer.chosen`. */
  get chosen(): Readonly<Record<string, number>> {
    return chosenRate(this.settings, this.#fitted?.learningRate);
  }

  /**
   * Trains the network and keeps its best weights.
   *
   * @param taskOf says what is to be learned with the runtime at hand
   * @throws Error without a runtime, or when the loss is no longer finite
   */
  async fit(options: FitOptions, taskOf: (runtime: TensorRuntime) => NetworkTask): Promise<void> {
    const runtime = requireRuntime(this.id, options);
    const { weights, learningRate } = await fitNetwork({
      ...taskOf(runtime),
      ...{ runtime, options, settings: this.settings },
    });
    this.#fitted = { runtime, weights, learningRate };
  }

  /**
   * Runs work with the fitted weights as tensors, and frees them.
   *
   * @param verb what is about to be done, for the error
   * @throws Error when the network has not been fitted
   */
  async use<R>(
    verb: 'impute' | 'predict',
    work: (runtime: TensorRuntime, weights: Weights<Tensor>) => R | Promise<R>,
  ): Promise<R> {
    if (this.#fitted === undefined) throw new Error(`${this.id} has not been fitted; call fit before ${verb}`);
    const { runtime, weights } = this.#fitted;
    const arrays = runtime.tensors(weights);
    try {
      return await work(runtime, arrays);
    } finally {
      runtime.dispose(arrays);
    }
  }
}
