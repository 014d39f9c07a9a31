import type { HyperParameters } from '#network';

/** Everything that decides a training besides its data; two trainings with equal settings and data give equal weights. */
export interface TrainingSettings {
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Longest gradient that is used as it is. */
  readonly clipNorm: number;
  /** Share of the averaged weights kept at each step; the averages are what is validated and shipped. */
  readonly averageDecay: number;
  /** Epochs without a better validation before the training ends. */
  readonly patience: number;
  readonly hyper: HyperParameters;
}

/** Settings that are used where nothing else is asked for. */
export const DEFAULT_SETTINGS = {
  seed: 7,
  epochs: 12,
  batchSize: 64,
  learningRate: 1e-3,
  clipNorm: 1,
  averageDecay: 0.995,
  patience: 6,
} as const;

/** The learning rate at a step: half a cosine from the full rate down to a fiftieth of it. */
export function learningRateAt(settings: TrainingSettings, step: number, stepsPerEpoch: number): number {
  const share = Math.min(1, step / (settings.epochs * stepsPerEpoch));
  const least = settings.learningRate / 50;
  return least + ((settings.learningRate - least) * (1 + Math.cos(Math.PI * share))) / 2;
}
