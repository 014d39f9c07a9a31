import type { FitOptions } from '../../methods/fit-options.js';
import type { OutcomeGrid, WindowGrid } from '../../methods/window-grid.js';
import type { TrainingSettings } from '../training/fit-network.js';
import { NetworkPredictor } from '../training/network-predictor.js';
import { neighbourMortality } from './neighbour-mortality.js';
import type { SiameseNetwork } from './siamese.js';

/** Training stays that are asked: enough to tell one per cent from two, and few of several thousand. */
export const ASKED_NEIGHBOURS = 100;

/**
 * The second reading of the Siamese network: the risk of a stay is the mortality among the training windows whose embeddings lie nearest
 * to its own. The network is the one of `siamese`, and with the same seed has the same weights.
 */
export class SiameseNeighbours extends NetworkPredictor {
  #training: { embeddings: Float32Array; labels: Float32Array } | undefined;

  constructor(
    private readonly siamese: SiameseNetwork,
    settings: TrainingSettings = {},
  ) {
    super(siamese, { ...settings, id: 'siamese-neighbours' });
  }

  override async fit(training: OutcomeGrid, validation: OutcomeGrid, options: FitOptions): Promise<void> {
    await super.fit(training, validation, options);
    this.#training = { embeddings: await this.#embed(training), labels: Float32Array.from(training.labels) };
  }

  override async predict(windows: WindowGrid): Promise<Float32Array> {
    const points = await this.#embed(windows);
    const { embeddings, labels } = this.#training!;
    return neighbourMortality(points, embeddings, labels, this.siamese.embeddingSize, ASKED_NEIGHBOURS);
  }

  #embed(windows: WindowGrid): Promise<Float32Array> {
    return this.kept.use('predict', (runtime, weights) =>
      this.runsOf(windows, runtime, (batch) => this.siamese.embed(runtime.ops, weights, batch)),
    );
  }
}
