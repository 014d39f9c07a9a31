import { PUBLISHED_LOSS_WEIGHTS, type LossWeights } from '#model';
import type { HyperParameters } from '#network';

/** Everything that decides a training besides its data; two trainings with equal settings and data give equal weights. */
export interface TrainingSettings {
  readonly seed: number;
  /** Epochs in which the imputer learns alone, before the joint ones. */
  readonly pretrainEpochs: number;
  /** Joint epochs at most. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Factor of the learning rate for imputer and denoiser in joint epochs, once they are pre-trained. */
  readonly imputerRate: number;
  /** Share by which weights shrink a step, times the learning rate (Loshchilov and Hutter 2019). */
  readonly weightDecay: number;
  /** Longest gradient that is used as it is. */
  readonly clipNorm: number;
  /** Share of the averaged weights kept at each step; the averages are what is validated and shipped. */
  readonly averageDecay: number;
  /** Joint epochs without a better validation before the training ends. */
  readonly patience: number;
  /** Weights of the three losses in joint epochs. */
  readonly lossWeights: LossWeights;
  /** False cuts the mortality gradient off at the imputed values (single-task ablation). */
  readonly mortalityReachesImputer: boolean;
  /** Share of the teacher's opinion in what the risk shall be, where there is a teacher; the outcome has the rest. */
  readonly teacherShare: number;
  readonly hyper: HyperParameters;
}

/** Settings that are used where nothing else is asked for. */
export const DEFAULT_SETTINGS = {
  seed: 7,
  pretrainEpochs: 40,
  epochs: 12,
  batchSize: 64,
  learningRate: 1e-3,
  imputerRate: 0.25,
  weightDecay: 0.01,
  clipNorm: 1,
  averageDecay: 0.995,
  patience: 12,
  lossWeights: { imputation: 0.4, mortality: 0.4, contrastive: 0.05 },
  mortalityReachesImputer: true,
  teacherShare: 0.8,
} as const;

/** What the published recipe does otherwise: everything together from the start, its loss weights, no teacher, no weight decay. */
export const PAPER_SETTINGS = {
  pretrainEpochs: 0,
  weightDecay: 0,
  lossWeights: PUBLISHED_LOSS_WEIGHTS,
  teacherShare: 0,
} as const;

/** What is learned in an epoch: how entries are imputed, or everything together. */
export type TrainingPhase = 'imputer' | 'joint';

/** The phase of an epoch, counted from 0 over both phases. */
export function phaseOf({ pretrainEpochs }: TrainingSettings, epoch: number): TrainingPhase {
  return epoch < pretrainEpochs ? 'imputer' : 'joint';
}

/** The learning rate at a step: in each phase half a cosine from the full rate down to a fiftieth of it. */
export function learningRateAt(settings: TrainingSettings, step: number, stepsPerEpoch: number): number {
  const pretrainSteps = settings.pretrainEpochs * stepsPerEpoch;
  const share =
    step < pretrainSteps
      ? step / pretrainSteps
      : Math.min(1, (step - pretrainSteps) / (settings.epochs * stepsPerEpoch));
  const least = settings.learningRate / 50;
  return least + ((settings.learningRate - least) * (1 + Math.cos(Math.PI * share))) / 2;
}

/** Factor of the learning rate of one array of weights. */
export function rateOf(settings: TrainingSettings, phase: TrainingPhase, weightName: string): number {
  const ofRisk = weightName.startsWith('risk.');
  if (phase === 'imputer') return ofRisk ? 0 : 1;
  return ofRisk || settings.pretrainEpochs === 0 ? 1 : settings.imputerRate;
}
