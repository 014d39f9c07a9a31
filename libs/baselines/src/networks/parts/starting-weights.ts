import type { NetworkWeights } from '#network';
import type { PlannedArray } from './planned-array.js';

/**
 * Untrained weights.
 *
 * Glorot and Bengio 2010: uniform within ±√(6 / (inputs + outputs)), the last two axes being inputs and outputs.
 *
 * @param random uniform in [0, 1); the same sequence gives the same weights
 * @throws Error when a name is planned twice
 */
export function startingWeights(plan: readonly PlannedArray[], random: () => number): NetworkWeights {
  const weights: NetworkWeights = {};
  for (const { name, shape, start } of plan) {
    if (weights[name] !== undefined)
      throw new Error(`the weight "${name}" is planned twice; give each array its own name`);
    const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
    if (start === 'ones') values.fill(1);
    if (start === 'glorot') {
      const limit = Math.sqrt(6 / ((shape.at(-2) ?? 1) + (shape.at(-1) ?? 1)));
      for (let at = 0; at < values.length; at++) values[at] = (2 * random() - 1) * limit;
    }
    weights[name] = { shape: [...shape], values };
  }
  return weights;
}
