import type { AdamTrainer, LossReport, Tensor, TensorRuntime } from '#engine';
import type { NetworkWeights, Weights } from '#network';
import { setImmediate } from 'node:timers/promises';
import type { FitOptions } from '../../methods/fit-options.js';
import { startingWeights } from '../parts/starting-weights.js';
import type { PlannedArray } from '../parts/planned-array.js';
import { keyedRandom, shuffle } from './keyed-random.js';

/** What may differ between two trainings of the same network. */
export interface TrainingSettings {
  /** Windows of a training step. @default 64 */
  readonly batchSize?: number;
  /**
   * Rates of Adam at the start, each falling along half a cosine to a fiftieth. Of several, each is tried for a quarter of the epochs, and
   * the one with the least validation error trains in full. @default 1e-3 alone
   */
  readonly learningRates?: readonly number[];
}

/** How every network of this room is trained, unless it is told otherwise. */
export const TRAINING = {
  batchSize: 64,
  learningRates: [1e-3],
  /** Share of the epochs for which each of several rates is tried. */
  trialShare: 1 / 4,
  /** The rate falls along half a cosine to this share of itself. */
  leastRate: 1 / 50,
  clipNorm: 1,
  /** Share of the running average of the weights kept at a step; the averages are what is validated and kept. */
  averageDecay: 0.995,
} as const;

/** Share of the running averages of batch statistics kept at a step. */
const STATISTICS_KEPT = 0.98;

/** What is to be learned. */
export interface NetworkFit {
  readonly runtime: TensorRuntime;
  readonly plan: readonly PlannedArray[];
  /** Training windows. */
  readonly windows: number;
  readonly settings: TrainingSettings;
  readonly options: FitOptions;
  /**
   * Loss of a batch. What is reported beside it are batch statistics: the array of the same name follows their running average.
   * Runs in a scope: what it makes is freed.
   */
  lossOf(weights: Weights<Tensor>, rows: readonly number[], random: () => number): LossReport;
  /** Validation error, the lower the better, and what to say of it. Runs in a scope. */
  validate(weights: Weights<Tensor>): { error: number; text: string };
}

/** What came of it. */
export interface FittedNetwork {
  /** Averaged weights of the best epoch. */
  readonly weights: NetworkWeights;
  /** Validation error after each epoch. */
  readonly errors: readonly number[];
  readonly learningRate: number;
}

/**
 * Trains a network with Adam until the epochs are over or validation has not improved for `patience` epochs, and keeps the best weights.
 *
 * Everything random (weights, order, hidden entries, noise) follows from the seed. Every tensor is freed at the end.
 *
 * @throws the reason of `options.signal` when it asks for a stop; Error when the loss is no longer finite
 */
export async function fitNetwork(fit: NetworkFit): Promise<FittedNetwork> {
  if (fit.windows === 0)
    throw new RangeError('there are no training windows; a network needs at least one to learn from');
  const learningRate = await chooseRate(fit);
  return fitWith(fit, learningRate);
}

/** The rate that was chosen, as tables name it: nothing where there was no choice, or no fit yet. */
export function chosenRate(
  { learningRates = TRAINING.learningRates }: TrainingSettings,
  learningRate: number | undefined,
): Readonly<Record<string, number>> {
  return learningRate === undefined || learningRates.length < 2 ? {} : { 'learning rate': learningRate };
}

/** The rate whose trial has the least validation error; a single one is not tried. */
async function chooseRate(fit: NetworkFit): Promise<number> {
  const { learningRates = TRAINING.learningRates } = fit.settings;
  const [only] = learningRates;
  if (only === undefined) throw new RangeError('no learning rate was given; expected one at least, such as 1e-3');
  if (learningRates.length === 1) return only;
  const { onProgress, epochs: all } = fit.options;
  const epochs = Math.max(1, Math.round(all * TRAINING.trialShare));
  const trials: { rate: number; error: number }[] = [];
  for (const [at, rate] of learningRates.entries()) {
    const options = {
      ...fit.options,
      epochs,
      patience: epochs,
      ...(onProgress && {
        onProgress: (share: number, text: string): void =>
          onProgress((at + share) / learningRates.length, `trial of rate ${rate}, ${text}`),
      }),
    };
    const { errors } = await fitWith({ ...fit, options }, rate);
    trials.push({ rate, error: Math.min(...errors) });
  }
  return trials.reduce((best, one) => (one.error < best.error ? one : best)).rate;
}

async function fitWith(fit: NetworkFit, learningRate: number): Promise<FittedNetwork> {
  const { runtime, plan, options } = fit;
  const { clipNorm, averageDecay } = TRAINING;
  const weights = startingWeights(plan, keyedRandom(`${options.seed}|weights`));
  const trainer = runtime.adam(weights, { clipNorm, averageDecay });
  try {
    return { ...(await runEpochs(fit, trainer, learningRate)), learningRate };
  } finally {
    trainer.dispose();
  }
}

async function runEpochs(
  fit: NetworkFit,
  trainer: AdamTrainer,
  learningRate: number,
): Promise<Omit<FittedNetwork, 'learningRate'>> {
  const { seed, epochs, patience, onProgress } = fit.options;
  const errors: number[] = [];
  const statistics: Record<string, Float32Array> = {};
  let best = trainer.exportWeights('averaged');
  let bestEpoch = -1;
  for (let epoch = 0; epoch < epochs && (bestEpoch < 0 || epoch - bestEpoch <= patience); epoch++) {
    const batches = batchesOf(fit, epoch);
    for (const [batch, rows] of batches.entries()) {
      // lets others run, and the signal be heard
      await setImmediate();
      fit.options.signal?.throwIfAborted();
      trainer.learningRate = learningRate * rateShare(epoch + batch / batches.length, epochs);
      stepOnce(fit, trainer, rows, `${seed}|epoch ${epoch}|batch ${batch}`, statistics);
    }
    for (const [name, values] of Object.entries(statistics)) trainer.assign(name, values);
    const { error, text } = trainer.evaluate((weights) => fit.validate(weights), 'averaged');
    if (bestEpoch < 0 || error < errors[bestEpoch]!) {
      bestEpoch = epoch;
      best = trainer.exportWeights('averaged');
    }
    errors.push(error);
    onProgress?.((epoch + 1) / epochs, `epoch ${epoch + 1} of ${epochs}: ${text}`);
  }
  return { weights: best, errors };
}

/** Every window once, in random order; the last batch is left out where it would not be full, unless it is the only one. */
function batchesOf({ windows, settings, options }: NetworkFit, epoch: number): number[][] {
  const { batchSize = TRAINING.batchSize } = settings;
  const rows = Array.from({ length: windows }, (_, row) => row);
  shuffle(rows, keyedRandom(`${options.seed}|epoch ${epoch}`));
  const batches = Math.max(1, Math.floor(windows / batchSize));
  return Array.from({ length: batches }, (_, batch) => rows.slice(batch * batchSize, (batch + 1) * batchSize));
}

function rateShare(epochsDone: number, epochs: number): number {
  const { leastRate } = TRAINING;
  const fallen = (1 + Math.cos((Math.PI * epochsDone) / epochs)) / 2;
  return leastRate + (1 - leastRate) * fallen;
}

function stepOnce(
  fit: NetworkFit,
  trainer: AdamTrainer,
  rows: readonly number[],
  drawKey: string,
  statistics: Record<string, Float32Array>,
): void {
  const { loss, report } = trainer.step((weights) => fit.lossOf(weights, rows, keyedRandom(drawKey)));
  if (!Number.isFinite(loss))
    throw new Error(
      `the loss is ${loss} at ${drawKey}: the fit has diverged; look for values far outside the normalised scale`,
    );
  const kept = Math.min(STATISTICS_KEPT, (trainer.steps - 1) / (trainer.steps + 9));
  for (const [name, fresh] of Object.entries(report)) {
    const running = statistics[name] ?? fresh;
    statistics[name] = running.map((value, unit) => kept * value + (1 - kept) * fresh[unit]!);
  }
}
