import type { TensorRuntime } from '#engine';
import type { FitOptions } from '../../methods/fit-options.js';

/**
 * The runtime of a fit.
 * @throws Error saying how to get one, when there is none
 */
export function requireRuntime(id: string, { runtime }: FitOptions): TensorRuntime {
  if (runtime === undefined)
    throw new Error(
      `${id} is a network and needs a runtime to be fitted; pass \`runtime: await TensorRuntime.load()\``,
    );
  return runtime;
}
