/** One trained array: its shape, and its numbers in row-major order. */
export interface WeightArray {
  shape: number[];
  values: Float32Array;
}

/** All trained arrays by name, for example `encoder.layer0.time.qkv.weight`. */
export type NetworkWeights = Record<string, WeightArray>;

/** The same arrays in the hands of an engine. */
export type Weights<T> = Readonly<Record<string, T>>;

/**
 * Looks an array up.
 * @throws Error naming the array that is missing
 */
export function weight<T>(weights: Weights<T>, name: string): T {
  const found = weights[name];
  if (found === undefined) throw new Error(`the network needs the weight "${name}", which is not among those given`);
  return found;
}
