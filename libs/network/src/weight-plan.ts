import { checkHyperParameters, type HyperParameters } from './hyper-parameters.js';

/** How an array starts: Glorot's uniform, all zero, all one, or the sines that tell hours apart. */
export type WeightStart = 'glorot' | 'zeros' | 'ones' | 'sines';

/** Shape and start of one array. */
export interface PlannedWeight {
  name: string;
  shape: number[];
  start: WeightStart;
  /** False for the running averages of batch normalisation, which no gradient reaches. */
  trained: boolean;
}

/** Name of the running mean of the risk network's batch normalisation: [lstmUnits], kept by whoever trains. */
export const RUNNING_MEAN = 'risk.norm.runningMean';
/** Name of the running variance beside it: [lstmUnits]. */
export const RUNNING_VARIANCE = 'risk.norm.runningVariance';

/** Every array the two networks need, in a fixed order; names that start with `risk.` belong to the risk network. */
export function planWeights(hyper: HyperParameters): PlannedWeight[] {
  checkHyperParameters(hyper);
  const planned = [...imputerWeights(hyper), ...denoiserWeights(hyper), ...riskWeights(hyper)];
  return planned.map((one) => ({ ...one, trained: one.name !== RUNNING_MEAN && one.name !== RUNNING_VARIANCE }));
}

type Sketch = Omit<PlannedWeight, 'trained'>;

function imputerWeights({ signals, hours, staticSize, imputer }: HyperParameters): Sketch[] {
  const { channels, feedForward, hourLayers, signalLayers, refineLayers } = imputer;
  const layers = (name: string, count: number): Sketch[] =>
    Array.from({ length: count }, (_, i) => transformerWeights(`imputer.${name}${i}`, channels, feedForward)).flat();
  return [
    { name: 'imputer.hour', shape: [hours, channels], start: 'sines' },
    { name: 'imputer.signal', shape: [signals, channels], start: 'glorot' },
    ...linearWeights('imputer.static', staticSize, channels),
    ...linearWeights('imputer.hourInput', 3 * signals, channels),
    ...layers('hours', hourLayers),
    ...linearWeights('imputer.first', channels, signals),
    ...linearWeights('imputer.signalInput', 3 * hours, channels),
    ...layers('signals', signalLayers),
    ...linearWeights('imputer.second', channels, hours, 'zeros'),
    ...linearWeights('imputer.refineInput', 2 * signals, channels),
    ...layers('refine', refineLayers),
    ...linearWeights('imputer.third', channels, signals, 'zeros'),
    ...linearWeights('imputer.spreadByHour', channels, signals, 'zeros'),
    ...linearWeights('imputer.spreadBySignal', channels, hours, 'zeros'),
  ];
}

function denoiserWeights({ signals, imputer, denoiser }: HyperParameters): Sketch[] {
  const { channels, feedForward, stepEmbedding } = denoiser;
  const layers = Array.from({ length: denoiser.layers }, (_, i) => [
    ...linearWeights(`denoiser.layer${i}.step`, channels, channels),
    ...transformerWeights(`denoiser.layer${i}`, channels, feedForward),
  ]);
  return [
    ...linearWeights('denoiser.noisy', signals, channels),
    ...linearWeights('denoiser.context', imputer.channels, channels),
    ...linearWeights('denoiser.mask', signals, channels),
    ...linearWeights('denoiser.step1', stepEmbedding, channels),
    ...linearWeights('denoiser.step2', channels, channels),
    ...layers.flat(),
    ...linearWeights('denoiser.out', channels, signals, 'zeros'),
  ];
}

function riskWeights({ signals, staticSize, statistics, risk }: HyperParameters): Sketch[] {
  const { lstmUnits, statisticUnits, embedding } = risk;
  return [
    ...lstmWeights('risk.lstm1', 3 * signals, lstmUnits),
    ...lstmWeights('risk.lstm2', lstmUnits, lstmUnits),
    { name: 'risk.norm.gain', shape: [lstmUnits], start: 'ones' },
    { name: 'risk.norm.bias', shape: [lstmUnits], start: 'zeros' },
    { name: RUNNING_MEAN, shape: [lstmUnits], start: 'zeros' },
    { name: RUNNING_VARIANCE, shape: [lstmUnits], start: 'ones' },
    ...linearWeights('risk.statistics1', signals * statistics + staticSize, statisticUnits),
    ...linearWeights('risk.statistics2', statisticUnits, statisticUnits),
    ...linearWeights('risk.dense', lstmUnits + statisticUnits + staticSize, embedding),
    ...linearWeights('risk.embedding', embedding, embedding),
    ...linearWeights('risk.past', lstmUnits + statisticUnits + staticSize, embedding),
    ...linearWeights('risk.head', embedding, 1),
  ];
}

function transformerWeights(name: string, channels: number, feedForward: number): Sketch[] {
  return [
    ...normWeights(`${name}.norm1`, channels),
    ...linearWeights(`${name}.qkv`, channels, 3 * channels),
    ...linearWeights(`${name}.join`, channels, channels),
    ...normWeights(`${name}.norm2`, channels),
    ...linearWeights(`${name}.widen`, channels, feedForward),
    ...linearWeights(`${name}.narrow`, feedForward, channels),
  ];
}

function linearWeights(name: string, inputs: number, outputs: number, start: WeightStart = 'glorot'): Sketch[] {
  return [
    { name: `${name}.weight`, shape: [inputs, outputs], start },
    { name: `${name}.bias`, shape: [outputs], start: 'zeros' },
  ];
}

function normWeights(name: string, size: number): Sketch[] {
  return [
    { name: `${name}.gain`, shape: [size], start: 'ones' },
    { name: `${name}.bias`, shape: [size], start: 'zeros' },
  ];
}

function lstmWeights(name: string, inputs: number, units: number): Sketch[] {
  return [
    { name: `${name}.input`, shape: [inputs, 4 * units], start: 'glorot' },
    { name: `${name}.recurrent`, shape: [units, 4 * units], start: 'glorot' },
    { name: `${name}.bias`, shape: [4 * units], start: 'zeros' },
  ];
}
