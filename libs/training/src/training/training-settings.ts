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
  /** Epochs at most of a risk network that is learned alone, on an imputer that stays as it is; their batches and rate. */
  readonly riskEpochs: number;
  readonly riskBatchSize: number;
  readonly riskLearningRate: number;
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
  /** Trains the risk networks alone, on an imputer that stays as it was given. */
  readonly freezeImputer: boolean;
  /** Risk networks that stay as they were given, the first ones; the imputer must be frozen then. */
  readonly keptMembers: number;
  /** Names the weights that the training starts from; absent where it starts from new ones. */
  readonly warmStart?: string;
  readonly hyper: HyperParameters;
}

/** Settings that are used where nothing else is asked for. */
export const DEFAULT_SETTINGS = {
  seed: 7,
  pretrainEpochs: 40,
  epochs: 12,
  batchSize: 64,
  learningRate: 1e-3,
  riskEpochs: 24,
  riskBatchSize: 256,
  riskLearningRate: 2e-3,
  imputerRate: 0.25,
  weightDecay: 0.01,
  clipNorm: 1,
  averageDecay: 0.995,
  patience: 12,
  lossWeights: { imputation: 0.4, mortality: 0.4, contrastive: 0.05 },
  mortalityReachesImputer: true,
  teacherShare: 0.8,
  freezeImputer: false,
  keptMembers: 0,
} as const;

/** What the published recipe does otherwise: everything together from the start, its loss weights, no teacher, no weight decay. */
export const PAPER_SETTINGS = {
  pretrainEpochs: 0,
  weightDecay: 0,
  lossWeights: PUBLISHED_LOSS_WEIGHTS,
  teacherShare: 0,
} as const;

/** What is learned in an epoch: how entries are imputed, everything together, or one risk network on a frozen imputer. */
export type TrainingPhase = 'imputer' | 'joint' | 'risk';

/**
 * A part of a training with its own optimiser: the imputer and the first risk network, or one risk network alone. Epochs are counted over
 * all stages; one that stops early leaves the numbers of its other epochs out.
 */
export interface TrainingStage {
  /** Risk network that is learned, from 0. */
  readonly member: number;
  readonly frozenImputer: boolean;
  readonly firstEpoch: number;
  /** At most. */
  readonly epochs: number;
}

/** The stages of a training, in order: one for each risk network that is not kept, the first with the imputer unless that is frozen. */
export function planStages(settings: TrainingSettings): TrainingStage[] {
  const { pretrainEpochs, epochs, riskEpochs, freezeImputer, keptMembers, hyper } = settings;
  const first = freezeImputer ? riskEpochs : pretrainEpochs + epochs;
  return Array.from({ length: hyper.risk.members - keptMembers }, (_, stage) => ({
    member: keptMembers + stage,
    frozenImputer: freezeImputer || stage > 0,
    firstEpoch: stage === 0 ? 0 : first + (stage - 1) * riskEpochs,
    epochs: stage === 0 ? first : riskEpochs,
  }));
}

/** Epochs over all stages, at most. */
export function mostEpochs(settings: TrainingSettings): number {
  return planStages(settings).reduce((sum, { epochs }) => sum + epochs, 0);
}

/** The phase of an epoch of a stage, counted from 0 over all stages. */
export function phaseOf({ pretrainEpochs }: TrainingSettings, stage: TrainingStage, epoch: number): TrainingPhase {
  if (stage.frozenImputer) return 'risk';
  return epoch < pretrainEpochs ? 'imputer' : 'joint';
}

/** The learning rate at a step of a stage: in each phase half a cosine from the full rate down to a fiftieth of it. */
export function learningRateAt(
  settings: TrainingSettings,
  stage: TrainingStage,
  step: number,
  stepsPerEpoch: number,
): number {
  const { pretrainEpochs, epochs, learningRate, riskEpochs, riskLearningRate } = settings;
  if (stage.frozenImputer) return halfCosine(riskLearningRate, step / (riskEpochs * stepsPerEpoch));
  const pretrainSteps = pretrainEpochs * stepsPerEpoch;
  const share =
    step < pretrainSteps ? step / pretrainSteps : Math.min(1, (step - pretrainSteps) / (epochs * stepsPerEpoch));
  return halfCosine(learningRate, share);
}

function halfCosine(full: number, share: number): number {
  const least = full / 50;
  return least + ((full - least) * (1 + Math.cos(Math.PI * share))) / 2;
}

/** Factor of the learning rate of one array of weights. */
export function rateOf(settings: TrainingSettings, phase: TrainingPhase, weightName: string): number {
  const ofRisk = weightName.startsWith('risk.');
  if (phase === 'imputer') return ofRisk ? 0 : 1;
  const imputerIsNew = settings.pretrainEpochs === 0 && settings.warmStart === undefined;
  return ofRisk || imputerIsNew ? 1 : settings.imputerRate;
}
