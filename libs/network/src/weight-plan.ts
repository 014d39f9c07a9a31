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
  const planned = [...encoderWeights(hyper), ...denoiserWeights(hyper), ...riskWeights(hyper)];
  return planned.map((one) => ({ ...one, trained: one.name !== RUNNING_MEAN && one.name !== RUNNING_VARIANCE }));
}

type Sketch = Omit<PlannedWeight, 'trained'>;

function encoderWeights(hyper: HyperParameters): Sketch[] {
  const { channels, signals, hours, staticSize, encoderLayers } = hyper;
  const layers = Array.from({ length: encoderLayers }, (_, i) => residualWeights(`encoder.layer${i}`, hyper));
  return [
    { name: 'encoder.hour', shape: [hours, channels], start: 'sines' },
    { name: 'encoder.signal', shape: [signals, 1, channels], start: 'glorot' },
    ...linearWeights('encoder.static', staticSize, channels),
    ...linearWeights('encoder.observed', 2, channels),
    ...layers.flat(),
  ];
}

function denoiserWeights(hyper: HyperParameters): Sketch[] {
  const { channels, stepEmbedding, denoiserLayers } = hyper;
  const layers = Array.from({ length: denoiserLayers }, (_, i) => [
    ...linearWeights(`denoiser.layer${i}.step`, channels, channels),
    ...residualWeights(`denoiser.layer${i}`, hyper),
  ]);
  return [
    ...linearWeights('denoiser.noisy', 1, channels),
    ...linearWeights('denoiser.context', channels, channels),
    ...linearWeights('denoiser.step1', stepEmbedding, channels),
    ...linearWeights('denoiser.step2', channels, channels),
    ...layers.flat(),
    ...linearWeights('denoiser.out1', channels, channels),
    ...linearWeights('denoiser.out2', channels, 1, 'zeros'),
  ];
}

function riskWeights({ signals, staticSize, risk }: HyperParameters): Sketch[] {
  const { lstmUnits, embedding } = risk;
  return [
    ...lstmWeights('risk.lstm1', 3 * signals, lstmUnits),
    ...lstmWeights('risk.lstm2', lstmUnits, lstmUnits),
    { name: 'risk.norm.gain', shape: [lstmUnits], start: 'ones' },
    { name: 'risk.norm.bias', shape: [lstmUnits], start: 'zeros' },
    { name: RUNNING_MEAN, shape: [lstmUnits], start: 'zeros' },
    { name: RUNNING_VARIANCE, shape: [lstmUnits], start: 'ones' },
    ...linearWeights('risk.dense', lstmUnits + staticSize, embedding),
    ...linearWeights('risk.embedding', embedding, embedding),
    ...linearWeights('risk.head', embedding, 1),
  ];
}

function residualWeights(name: string, { channels, feedForward }: HyperParameters): Sketch[] {
  return [
    ...transformerWeights(`${name}.time`, channels, feedForward),
    ...transformerWeights(`${name}.signal`, channels, feedForward),
    ...linearWeights(`${name}.mid`, channels, 2 * channels),
    ...linearWeights(`${name}.side`, channels, 2 * channels),
    ...linearWeights(`${name}.out`, channels, 2 * channels),
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
