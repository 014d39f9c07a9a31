import type { Tensor, TensorRuntime } from '#engine';
import { areaUnderRoc } from '#evaluation';
import type { Weights } from '#network';
import type { FitOptions } from '../../methods/fit-options.js';
import { MortalityPredictor } from '../../methods/mortality-predictor.js';
import type { OutcomeGrid, WindowGrid } from '../../methods/window-grid.js';
import type { TrainingSettings } from './fit-network.js';
import { KeptNetwork } from './kept-network.js';
import type { PredictorNetwork } from './predictor-network.js';
import { consecutiveRows, sizeOfGrid, takeOutcomes, takeWindows, type WindowBatch } from './window-batch.js';

/** Windows of a call outside training. */
const RUN_LENGTH = 256;

/** A predicting network behind the interface that all predictors share: its risk is the sigmoid of its log-odds. */
export class NetworkPredictor extends MortalityPredictor {
  readonly id: string;
  protected readonly kept: KeptNetwork;

  constructor(
    readonly network: PredictorNetwork,
    { id = network.id, ...settings }: TrainingSettings & { id?: string } = {},
  ) {
    super();
    this.id = id;
    this.kept = new KeptNetwork(id, settings);
  }

  override get chosen(): Readonly<Record<string, number>> {
    return this.kept.chosen;
  }

  /** @throws Error without a runtime, or when the loss is no longer finite */
  async fit(training: OutcomeGrid, validation: OutcomeGrid, options: FitOptions): Promise<void> {
    const { network } = this;
    await this.kept.fit(options, (runtime) => ({
      plan: network.plan(sizeOfGrid(training)),
      windows: training.count,
      lossOf: (arrays, rows, random) => {
        const { loss, statistics } = network.loss(runtime.ops, arrays, takeOutcomes(training, rows), random);
        return statistics === undefined ? { loss } : { loss, report: statistics };
      },
      validate: (arrays) => {
        const area = areaUnderRoc(this.#risks(runtime, arrays, validation), validation.labels);
        // of one outcome alone every order is as good as any other
        const known = Number.isNaN(area) ? 0.5 : area;
        return { error: 1 - known, text: `validation AUROC ${known.toFixed(4)}` };
      },
    }));
  }

  async predict(windows: WindowGrid): Promise<Float32Array> {
    return this.kept.use('predict', (runtime, arrays) => this.#risks(runtime, arrays, windows));
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
