import type { AdamOptions, LossFunction, Tensor, TensorRuntime } from '#engine';
import { jointLoss, riskLoss, type JointBatch, type RiskBatch } from '#model';
import type { HyperParameters, NetworkWeights } from '#network';
import { DEFAULT_SETTINGS, randomOf, trainingBatch, type LabelledWindows } from '#training';
import { benchWeights, isTrained } from './bench-weights.js';

/** What a training step is measured on: weights, a batch with everything that was drawn for it, and how the weights move. */
export interface TrainingCase {
  /** Both networks, or the risk network alone. */
  readonly name: 'joint' | 'risk';
  readonly hyper: HyperParameters;
  readonly windows: number;
  readonly weights: NetworkWeights;
  /** The batch's tensors, owned by whoever asked for the case. */
  readonly batch: RiskBatch<Tensor>;
  readonly adam: Required<Pick<AdamOptions, 'learningRate' | 'weightDecay' | 'clipNorm' | 'averageDecay'>>;
  /** Factor of the learning rate of imputer and denoiser. */
  readonly imputerRate: number;
  /** Of the case's batch, or of another one of its kind. */
  readonly lossOf: (batch: RiskBatch<Tensor>) => LossFunction;
  /** Draws another batch of the same windows, as each step of a training does. */
  readonly nextBatch: (drawKey: string) => RiskBatch<Tensor>;
}

const { lossWeights, weightDecay, clipNorm, averageDecay, learningRate, riskLearningRate, imputerRate } =
  DEFAULT_SETTINGS;

/** A step of the joint phase, as `libs/training` takes it. */
export function jointCase(runtime: TensorRuntime, hyper: HyperParameters, labelled: LabelledWindows): TrainingCase {
  const nextBatch = (drawKey: string): JointBatch<Tensor> =>
    trainingBatch(runtime, hyper, labelled, randomOf(drawKey), drawKey);
  const detach = (tensor: Tensor): Tensor => runtime.tensor(runtime.read(tensor), runtime.shapeOf(tensor));
  return {
    ...{ name: 'joint', hyper, windows: labelled.windows.length, weights: benchWeights(hyper) },
    ...{ batch: nextBatch('bench'), nextBatch, imputerRate },
    adam: { learningRate, weightDecay, clipNorm, averageDecay },
    lossOf: (batch) => (weights) => {
      const options = { ...lossWeights, detach };
      const joint = jointLoss(runtime.ops, weights, hyper, batch as JointBatch<Tensor>, options);
      const { batchStatistics, ...parts } = joint;
      return { loss: parts.loss, report: { ...parts, ...batchStatistics } };
    },
  };
}

/** A step in which a risk network learns alone, on windows whose gaps are filled by normal draws. */
export function riskCase(runtime: TensorRuntime, hyper: HyperParameters, labelled: LabelledWindows): TrainingCase {
  const ofRisk = Object.entries(benchWeights(hyper)).filter(([name]) => name.startsWith('risk.'));
  const nextBatch = (drawKey: string): RiskBatch<Tensor> => filledBatch(runtime, hyper, labelled, drawKey);
  return {
    ...{ name: 'risk', hyper, windows: labelled.windows.length, weights: Object.fromEntries(ofRisk) },
    ...{ batch: nextBatch('bench'), nextBatch, imputerRate },
    adam: { learningRate: riskLearningRate, weightDecay, clipNorm, averageDecay },
    lossOf: (batch) => (weights) => {
      const { batchStatistics, ...parts } = riskLoss(runtime.ops, weights, hyper, batch, lossWeights);
      return { loss: parts.loss, report: { ...parts, ...batchStatistics } };
    },
  };
}

/** Factor of the learning rate of one array, as in a training whose imputer has learned before. */
export function rateOf({ imputerRate: ofImputer }: TrainingCase, name: string): number {
  if (!isTrained(name)) return 0;
  return name.startsWith('risk.') ? 1 : ofImputer;
}

/** The numbers of a batch by name, `pairs.alike` and `pairs.different` among them. */
export function batchArrays(runtime: TensorRuntime, { pairs, ...tensors }: RiskBatch<Tensor>): NetworkWeights {
  const all = { ...tensors, 'pairs.alike': pairs.alike, 'pairs.different': pairs.different };
  return Object.fromEntries(
    Object.entries(all).map(([name, tensor]) => [
      name,
      { shape: runtime.shapeOf(tensor), values: runtime.read(tensor) },
    ]),
  );
}

function filledBatch(
  runtime: TensorRuntime,
  hyper: HyperParameters,
  labelled: LabelledWindows,
  drawKey: string,
): RiskBatch<Tensor> {
  const drawn = trainingBatch(runtime, hyper, labelled, randomOf(drawKey), drawKey);
  const { values, mask, hidden, visibleHoursSince, noise, unmeasured, step, alpha, sigma, ...batch } = drawn;
  const [measured, seen, draws] = [values, batch.riskMask, unmeasured].map((tensor) => runtime.read(tensor));
  const filled = measured!.map((value, entry) => (seen![entry] === 1 ? value : draws![entry]!));
  const shape = runtime.shapeOf(values);
  runtime.dispose([values, mask, hidden, visibleHoursSince, noise, unmeasured, step, alpha, sigma]);
  return { ...batch, values: runtime.tensor(filled, shape) };
}
