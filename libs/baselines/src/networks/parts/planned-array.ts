/** Shape and start of one array that a network learns: Glorot's uniform, all zero or all one. */
export interface PlannedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: 'glorot' | 'zeros' | 'ones';
}

/** A dense layer: `<name>.weight` [inputs, outputs] and `<name>.bias` [outputs]. */
export function linearArrays(
  name: string,
  inputs: number,
  outputs: number,
  start: PlannedArray['start'] = 'glorot',
): PlannedArray[] {
  return [
    { name: `${name}.weight`, shape: [inputs, outputs], start },
    { name: `${name}.bias`, shape: [outputs], start: 'zeros' },
  ];
}

/** Layer or batch normalisation: `<name>.gain` and `<name>.bias`, both [size]. */
export function normArrays(name: string, size: number): PlannedArray[] {
  return [
    { name: `${name}.gain`, shape: [size], start: 'ones' },
    { name: `${name}.bias`, shape: [size], start: 'zeros' },
  ];
}

/** One LSTM layer of `units` over `inputs`, as `Ops.lstm` takes it. */
export function lstmArrays(name: string, inputs: number, units: number): PlannedArray[] {
  return [
    { name: `${name}.input`, shape: [inputs, 4 * units], start: 'glorot' },
    { name: `${name}.recurrent`, shape: [units, 4 * units], start: 'glorot' },
    { name: `${name}.bias`, shape: [4 * units], start: 'zeros' },
  ];
}

/** A transformer encoder layer, under the names that `transformerLayer` of the network room reads. */
export function transformerArrays(name: string, channels: number, feedForward: number): PlannedArray[] {
  return [
    ...normArrays(`${name}.norm1`, channels),
    ...linearArrays(`${name}.qkv`, channels, 3 * channels),
    ...linearArrays(`${name}.join`, channels, channels),
    ...normArrays(`${name}.norm2`, channels),
    ...linearArrays(`${name}.widen`, channels, feedForward),
    ...linearArrays(`${name}.narrow`, feedForward, channels),
  ];
}
