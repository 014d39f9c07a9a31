import type { Tensor, TensorRuntime } from '#engine';
import type { Weights } from '#network';
import { setImmediate } from 'node:timers/promises';
import type { FitOptions } from '../../methods/fit-options.js';
import { Imputer, type Imputation } from '../../methods/imputer.js';
import type { WindowGrid } from '../../methods/window-grid.js';
import { hidePoints } from './hide-points.js';
import type { ImputerNetwork } from './imputer-network.js';
import { keyedRandom } from './keyed-random.js';
import type { TrainingSettings } from './fit-network.js';
import { KeptNetwork } from './kept-network.js';
import { consecutiveRows, sizeOfGrid, takeHidden, takeMeasured, type HideEntries } from './window-batch.js';

/** Validation windows that early stopping looks at, at most; evenly spread over those given. */
const VALIDATED_WINDOWS = 1024;

/** Entries of a call outside training: at CSDI's full size their intermediate results take about 1 GB. */
const ENTRIES_AT_ONCE = 16_384;

/** How an imputing network is trained. */
export interface NetworkImputerSettings extends TrainingSettings {
  /** Which measured entries are hidden while it learns. @default random points, 10 to 60 % of a window */
  readonly hide?: HideEntries;
}

/** An imputing network behind the interface that all imputers share. */
export class NetworkImputer extends Imputer {
  readonly id: string;
  readonly #kept: KeptNetwork;
  readonly #hide: HideEntries;
  #fittedOn: { readonly seed: number; readonly shape: string } | undefined;

  constructor(
    readonly network: ImputerNetwork,
    { hide = hidePoints, ...settings }: NetworkImputerSettings = {},
  ) {
    super();
    this.id = network.id;
    this.#kept = new KeptNetwork(network.id, settings);
    this.#hide = hide;
  }

  override get chosen(): Readonly<Record<string, number>> {
    return this.#kept.chosen;
  }

  /** @throws Error without a runtime, or when the loss is no longer finite; RangeError when a grid is too small for the network */
  async fit(training: WindowGrid, validation: WindowGrid, options: FitOptions): Promise<void> {
    const { network } = this;
    await this.#kept.fit(options, (runtime) => ({
      plan: network.plan(sizeOfGrid(training)),
      windows: training.count,
      lossOf: (arrays, rows, random) => {
        const batch = takeHidden(training, rows, this.#hide, random);
        return { loss: network.loss(runtime.ops, arrays, batch, random) };
      },
      validate: (arrays) => this.#validate(runtime, arrays, validation, options.seed),
    }));
    this.#fittedOn = { seed: options.seed, shape: shapeOf(training) };
  }

  async impute(windows: WindowGrid): Promise<Imputation> {
    return this.#kept.use('impute', (runtime, arrays) => {
      const { seed, shape } = this.#fittedOn!;
      if (shapeOf(windows) !== shape)
        throw new RangeError(`${this.id} was fitted on windows of ${shape}; these are of ${shapeOf(windows)}`);
      return this.#imputeRuns(runtime, arrays, windows, seed);
    });
  }

  async #imputeRuns(
    runtime: TensorRuntime,
    arrays: Weights<Tensor>,
    windows: WindowGrid,
    seed: number,
  ): Promise<Imputation> {
    const width = windows.signalIds.length * windows.hours;
    const values = new Float32Array(windows.count * width);
    const samples: Float32Array[] = [];
    for (const [run, rows] of consecutiveRows(windows.count, runLength(windows)).entries()) {
      // sampling takes seconds a run: lets others run in between
      await setImmediate();
      const batch = takeMeasured(windows, rows);
      const found = this.network.estimate(runtime, arrays, batch, keyedRandom(`${seed}|impute ${run}`));
      const start = rows[0]! * width;
      const keepMeasured = (estimate: Float32Array): Float32Array =>
        estimate.map((value, entry) => (batch.mask[entry] === 1 ? batch.values[entry]! : value));
      values.set(keepMeasured(found.values), start);
      found.samples?.forEach((sample, at) => {
        samples[at] ??= new Float32Array(windows.count * width);
        samples[at].set(keepMeasured(sample), start);
      });
    }
    return samples.length === 0 ? { values } : { values, samples };
  }

  /** Always the same windows with the same entries hidden, whatever the method. */
  #validate(
    runtime: TensorRuntime,
    arrays: Weights<Tensor>,
    validation: WindowGrid,
    seed: number,
  ): { error: number; text: string } {
    const { network } = this;
    const count = Math.min(validation.count, VALIDATED_WINDOWS);
    let [sum, weight] = [0, 0];
    for (const run of consecutiveRows(count, runLength(validation))) {
      const rows = run.map((at) => Math.floor((at * validation.count) / count));
      const random = keyedRandom(`${seed}|validation ${run[0]}`);
      const batch = takeHidden(validation, rows, this.#hide, random);
      if (network.stopsBy === 'loss') {
        sum += rows.length * runtime.scope(() => runtime.read(network.loss(runtime.ops, arrays, batch, random)))[0]!;
        weight += rows.length;
        continue;
      }
      const { values } = network.estimate(runtime, arrays, batch, random);
      batch.hidden.forEach((hidden, entry) => {
        if (hidden === 1) sum += Math.abs(values[entry]! - batch.truth[entry]!);
      });
      weight += batch.hidden.reduce((total, one) => total + one, 0);
    }
    const error = weight === 0 ? 0 : sum / weight;
    const what = network.stopsBy === 'loss' ? 'validation loss' : 'validation error of hidden entries (MAE)';
    return { error, text: `${what} ${error.toFixed(4)}` };
  }
}

function runLength({ signalIds, hours }: WindowGrid): number {
  return Math.max(1, Math.floor(ENTRIES_AT_ONCE / (signalIds.length * hours)));
}

function shapeOf({ signalIds, hours, staticSize }: WindowGrid): string {
  return `${signalIds.length} signals by ${hours} hours with ${staticSize} static numbers`;
}
