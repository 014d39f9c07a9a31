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

const RUNNING_MEAN = 'norm.runningMean';
const RUNNING_VARIANCE = 'norm.runningVariance';

/**
 * How the names of a risk network's arrays begin: `risk` for the first, `risk.<member>` for each further one, so that a release of one
 * network and the first of several have the same names.
 * @param member from 0
 */
export function riskPrefix(member: number): string {
  return member === 0 ? 'risk' : `risk.${member}`;
}

/** Names of the running averages of a risk network's batch normalisation, each [lstmUnits], kept by whoever trains. */
export function runningAverageNames(member: number): { mean: string; variance: string } {
  const prefix = riskPrefix(member);
  return { mean: `${prefix}.${RUNNING_MEAN}`, variance: `${prefix}.${RUNNING_VARIANCE}` };
}

/** The arrays of one risk network among those of a release. */
export function planRiskWeights(hyper: HyperParameters, member: number): PlannedWeight[] {
  checkHyperParameters(hyper);
  return planned(riskWeights(hyper, member));
}

/** Every array the networks need, in a fixed order; names that start with `risk.` belong to the risk networks. */
export function planWeights(hyper: HyperParameters): PlannedWeight[] {
  checkHyperParameters(hyper);
  const members = Array.from({ length: hyper.risk.members }, (_, member) => riskWeights(hyper, member));
  return planned([...imputerWeights(hyper), ...denoiserWeights(hyper), ...members.flat()]);
}

type Sketch = Omit<PlannedWeight, 'trained'>;

function planned(sketches: readonly Sketch[]): PlannedWeight[] {
  return sketches.map((one) => ({
    ...one,
    trained: !one.name.endsWith(RUNNING_MEAN) && !one.name.endsWith(RUNNING_VARIANCE),
  }));
}

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

function riskWeights({ signals, staticSize, statistics, risk }: HyperParameters, member: number): Sketch[] {
  const own = riskPrefix(member);
  const { lstmUnits, statisticUnits, embedding } = risk;
  return [
    ...lstmWeights(`${own}.lstm1`, 3 * signals, lstmUnits),
    ...lstmWeights(`${own}.lstm2`, lstmUnits, lstmUnits),
    { name: `${own}.norm.gain`, shape: [lstmUnits], start: 'ones' },
    { name: `${own}.norm.bias`, shape: [lstmUnits], start: 'zeros' },
    { name: runningAverageNames(member).mean, shape: [lstmUnits], start: 'zeros' },
    { name: runningAverageNames(member).variance, shape: [lstmUnits], start: 'ones' },
    ...linearWeights(`${own}.statistics1`, signals * statistics + staticSize, statisticUnits),
    ...linearWeights(`${own}.statistics2`, statisticUnits, statisticUnits),
    ...linearWeights(`${own}.dense`, lstmUnits + statisticUnits + staticSize, embedding),
    ...linearWeights(`${own}.embedding`, embedding, embedding),
    ...linearWeights(`${own}.past`, lstmUnits + statisticUnits + staticSize, embedding),
    ...linearWeights(`${own}.head`, embedding, 1),
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
