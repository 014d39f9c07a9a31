import type { Tensor, TensorRuntime } from '#engine';
import type { NetworkWeights, Weights } from '#network';
import type { FitOptions } from '../../methods/fit-options.js';
import { MortalityPredictor } from '../../methods/mortality-predictor.js';
import type { OutcomeGrid, WindowGrid } from '../../methods/window-grid.js';
import { areaUnderRoc } from './area-under-roc.js';
import { chosenRate, fitNetwork, type TrainingSettings } from './fit-network.js';
import type { PredictorNetwork } from './predictor-network.js';
import { requireRuntime } from './require-runtime.js';
import { consecutiveRows, sizeOfGrid, takeOutcomes, takeWindows, type WindowBatch } from './window-batch.js';

/** Windows of a call outside training. */
const RUN_LENGTH = 256;

/** A fitted network and what runs it. */
export interface FittedPredictor {
  readonly runtime: TensorRuntime;
  readonly weights: NetworkWeights;
  readonly learningRate: number;
}

/** A predicting network behind the interface that all predictors share: its risk is the sigmoid of its log-odds. */
export class NetworkPredictor extends MortalityPredictor {
  readonly id: string;
  readonly #settings: TrainingSettings;
  #fitted: FittedPredictor | undefined;

  constructor(
    readonly network: PredictorNetwork,
    { id = network.id, ...settings }: TrainingSettings & { id?: string } = {},
  ) {
    super();
    this.id = id;
    this.#settings = settings;
  }

  /** @throws Error without a runtime, or when the loss is no longer finite */
  async fit(training: OutcomeGrid, validation: OutcomeGrid, options: FitOptions): Promise<void> {
    const runtime = requireRuntime(this.id, options);
    const { network } = this;
    const { weights, learningRate } = await fitNetwork({
      runtime,
      plan: network.plan(sizeOfGrid(training)),
      windows: training.count,
      settings: this.#settings,
      options,
      lossOf: (arrays, rows, random) => {
        const { loss, statistics } = network.loss(runtime.ops, arrays, takeOutcomes(training, rows), random);
        return statistics === undefined ? { loss } : { loss, report: statistics };
      },
      validate: (arrays) => {
        const area = areaUnderRoc(this.#risks(runtime, arrays, validation), validation.labels);
        return { error: 1 - area, text: `validation AUROC ${area.toFixed(4)}` };
      },
    });
    this.#fitted = { runtime, weights, learningRate };
  }

  override get chosen(): Readonly<Record<string, number>> {
    return chosenRate(this.#settings, this.#fitted?.learningRate);
  }

  async predict(windows: WindowGrid): Promise<Float32Array> {
    return this.withWeights((runtime, arrays) => this.#risks(runtime, arrays, windows));
  }

  /** Runs work with the fitted weights as tensors, and frees them. @throws Error when it has not been fitted */
  protected withWeights<R>(work: (runtime: TensorRuntime, weights: Weights<Tensor>) => R): R {
    if (this.#fitted === undefined) throw new Error(`${this.id} has not been fitted; call fit before predict`);
    const { runtime, weights } = this.#fitted;
    const arrays = runtime.tensors(weights);
    try {
      return work(runtime, arrays);
    } finally {
      runtime.dispose(arrays);
    }
  }

  /** What a function gives for each run of windows, one number after another. */
  protected runsOf(windows: WindowGrid, runtime: TensorRuntime, work: (batch: WindowBatch) => Tensor): Float32Array {
    const runs = consecutiveRows(windows.count, RUN_LENGTH).map((rows) =>
      runtime.scope(() => runtime.read(work(takeWindows(windows, rows)))),
    );
    const all = new Float32Array(runs.reduce((sum, { length }) => sum + length, 0));
    let start = 0;
    for (const run of runs) {
      all.set(run, start);
      start += run.length;
    }
    return all;
  }

  #risks(runtime: TensorRuntime, arrays: Weights<Tensor>, windows: WindowGrid): Float32Array {
    const { ops } = runtime;
    return this.runsOf(windows, runtime, (batch) => ops.sigmoid(this.network.logit(ops, arrays, batch)));
  }
}
