import type { FitOptions } from '#baselines';
import type { TensorRuntime } from '#engine';
import { STATISTIC_FEATURES } from '#model';
import { NETWORK_PRESETS, type HyperParameters, type NetworkPresetName, type NetworkWeights } from '#network';
import {
  crossFittedTeacher,
  DEFAULT_SETTINGS,
  PAPER_SETTINGS,
  type TrainingSettings,
  type WindowSource,
} from '#training';
import { createHash } from 'node:crypto';
import { digestOfJson } from '../cells/cell-store.js';
import { digestOfWindows } from '../data/digest-of-windows.js';
import { gridSource, type Side } from './grid-source.js';
import { trainResumably, type TrainedNetworks } from './train-resumably.js';

/** How our networks are fitted as one method among others. */
export interface OurFitSettings {
  readonly preset: 'honest' | 'paper';
  readonly sizes: NetworkPresetName;
  readonly batchSize: number;
  /** Of several, each is tried for a quarter of the epochs with the imputer alone; the one with the least validation error is taken. */
  readonly learningRates: readonly number[];
  /** Where checkpoints lie. */
  readonly folder: string;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
}

/** Fitted networks. */
export interface FittedOurs {
  readonly runtime: TensorRuntime;
  readonly hyper: HyperParameters;
  readonly weights: NetworkWeights;
  readonly learningRate: number;
}

/** Share of the epochs for which each of several rates is tried. */
const TRIAL_SHARE = 1 / 4;
/** Share of the epochs of a joint fit in which the imputer learns alone first. */
const IMPUTER_SHARE = 3 / 4;
/** Validation windows that are looked at after an epoch, at most. */
const VALIDATED_WINDOWS = 1024;
/** Training windows that stand in for a validation part where a preset has none. */
const STAND_IN_WINDOWS = 300;

/**
 * Fits our networks in `epochs` passes, like any other method.
 *
 * `honest`: the imputer alone; for a risk, the last quarter of the passes are joint ones, with the opinion of a cross-fitted tree ensemble
 * beside the outcome, as the served release is trained. `paper`: everything together from the first pass, without a teacher, whether the
 * imputer or the risk is asked for; outcomes are needed then.
 *
 * @throws Error without a runtime, or when outcomes are needed and missing
 */
export async function fitOurs(
  what: 'imputer' | 'risk',
  training: Side,
  validation: Side,
  options: FitOptions,
  settings: OurFitSettings,
): Promise<FittedOurs> {
  const { runtime, epochs } = options;
  if (runtime === undefined) throw new Error('our networks need a runtime to be fitted; pass one with the fit options');
  const isJoint = what === 'risk' || settings.preset === 'paper';
  if (isJoint && training.labels === undefined)
    throw new Error('our networks learn from outcomes together with the imputation here, and the windows have none');
  const hyper = hyperFor(training, settings.sizes);
  const fit = new OurFit(runtime, hyper, training, validation, options, settings);
  const learningRate = await chooseRate(fit, epochs, settings.learningRates);
  if (!isJoint) {
    const { weights } = await fit.train({ learningRate, pretrainEpochs: epochs, epochs: 0 }, '');
    return { runtime, hyper, weights, learningRate };
  }
  const alone = settings.preset === 'paper' ? 0 : Math.floor(IMPUTER_SHARE * epochs);
  const { weights } = await fit.train({ learningRate, pretrainEpochs: alone, epochs: epochs - alone }, '');
  return { runtime, hyper, weights, learningRate };
}

/** Sizes of our networks for the windows of a grid. */
function hyperFor({ signalIds, hours, staticSize }: Side, sizes: NetworkPresetName): HyperParameters {
  return {
    ...NETWORK_PRESETS[sizes],
    ...{ signals: signalIds.length, hours, staticSize },
    statistics: STATISTIC_FEATURES.length,
  };
}

async function chooseRate(fit: OurFit, epochs: number, rates: readonly number[]): Promise<number> {
  if (rates.length === 1) return rates[0]!;
  const pretrainEpochs = Math.max(1, Math.round(TRIAL_SHARE * epochs));
  const trials: { rate: number; error: number }[] = [];
  for (const rate of rates) {
    const { history } = await fit.train({ learningRate: rate, pretrainEpochs, epochs: 0 }, `trial of rate ${rate}, `);
    trials.push({ rate, error: history.at(-1)!.imputationMae });
  }
  return trials.reduce((best, one) => (one.error < best.error ? one : best)).rate;
}

/** What all trainings of one fit share. */
class OurFit {
  readonly #source: WindowSource;
  readonly #windows: readonly number[];
  readonly #dataDigest: string;

  constructor(
    private readonly runtime: TensorRuntime,
    private readonly hyper: HyperParameters,
    training: Side,
    validation: Side,
    private readonly options: FitOptions,
    private readonly settings: OurFitSettings,
  ) {
    this.#source = gridSource(['train', training], ['validation', validation]);
    this.#windows = watchedWindows(training.count, validation.count, settings.preset);
    this.#dataDigest = digestOfSource(this.#source);
  }

  async train(change: Partial<TrainingSettings>, label: string): Promise<TrainedNetworks> {
    const { runtime, options } = this;
    const { folder, nowMs, signal, preset } = this.settings;
    const settings = { ...this.#commonSettings(), ...change };
    const last = settings.pretrainEpochs + settings.epochs;
    const isTaught = settings.epochs > 0 && preset === 'honest';
    return trainResumably({
      ...{ runtime, settings, folder, nowMs, signal },
      encoder: this.#source,
      validationWindows: new Map([[this.hyper.hours, this.#windows]]),
      identity: digestOfJson({ settings, data: this.#dataDigest }),
      ...(isTaught ? { teacher: crossFittedTeacher(this.#source, { seed: options.seed }) } : {}),
      onEpoch: (epoch, { imputationMae, auroc }) =>
        options.onProgress?.(
          (epoch + 1) / last,
          [
            `${label}epoch ${epoch + 1} of ${last}: validation error of hidden entries (MAE) ${imputationMae.toFixed(4)}`,
            ...Object.values(auroc).map((area) => `AUROC ${area.toFixed(4)}`),
          ].join(', '),
        ),
    });
  }

  #commonSettings(): TrainingSettings {
    const { batchSize, preset } = this.settings;
    const { seed, epochs, patience } = this.options;
    return {
      ...DEFAULT_SETTINGS,
      ...(preset === 'paper' ? PAPER_SETTINGS : {}),
      ...{ seed, patience, batchSize: Math.min(batchSize, this.#trainingStays()), hyper: this.hyper, epochs },
    };
  }

  /** An epoch takes one window a stay, in full batches. */
  #trainingStays(): number {
    return new Set(this.#source.store.labels.flatMap(({ part, stayId }) => (part === 'train' ? [stayId] : []))).size;
  }
}

/** The windows and the scale that they come on: a checkpoint of other scales is another training's. */
function digestOfSource(source: WindowSource): string {
  const indices = [...source.store.labels.keys()];
  const encoded = createHash('sha256');
  for (const index of indices) {
    const { values, static: known } = source.encode(index);
    for (const { buffer, byteOffset, byteLength } of [values, known])
      encoded.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return `${digestOfWindows(source.store, indices)} ${encoded.digest('hex')}`;
}

/** Validation windows, evenly spread over those given; of the `paper` preset, which has none, training windows. */
function watchedWindows(training: number, validation: number, preset: OurFitSettings['preset']): number[] {
  if (preset === 'paper') return Array.from({ length: Math.min(STAND_IN_WINDOWS, training) }, (_, at) => at);
  const count = Math.min(VALIDATED_WINDOWS, validation);
  return Array.from({ length: count }, (_, at) => training + Math.floor((at * validation) / count));
}
