import type { TensorRuntime } from '#engine';
import type { FitOptions } from '../methods/fit-options.js';

/** Options of a quick fit in a spec, and how to change them. @param runtimeOf gives the runtime that the spec has opened by then */
export function fitOptions(runtimeOf: () => TensorRuntime): (change?: Partial<FitOptions>) => FitOptions {
  return (change) => ({ seed: 1, epochs: 2, patience: 100, runtime: runtimeOf(), ...change });
}
