import type { HyperParameters } from './hyper-parameters.js';
import { planWeights, type PlannedWeight } from './weight-plan.js';
import type { NetworkWeights } from './weights.js';

/**
 * Untrained weights of both networks. The denoiser's last projection is zero, so an untrained imputer predicts zero velocity.
 * @param random uniform in [0, 1); the same sequence gives the same weights
 */
export function initialWeights(hyper: HyperParameters, random: () => number): NetworkWeights {
  return Object.fromEntries(
    planWeights(hyper).map((planned) => [
      planned.name,
      { shape: planned.shape, values: startingValues(planned, random) },
    ]),
  );
}

/** Trained numbers in both networks together, running averages not counted. */
export function parameterCount(hyper: HyperParameters): number {
  return planWeights(hyper)
    .filter(({ trained }) => trained)
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

function startingValues({ shape, start }: PlannedWeight, random: () => number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  if (start === 'ones') return values.fill(1);
  if (start === 'zeros') return values;
  if (start === 'sines') return values.map((_, i) => sineAt(i, shape.at(-1) ?? 1));
  // Glorot and Bengio 2010: uniform within ±√(6 / (inputs + outputs))
  const limit = Math.sqrt(6 / ((shape[0] ?? 1) + (shape.at(-1) ?? 1)));
  return values.map(() => (2 * random() - 1) * limit);
}

/** Position code of "Attention is all you need", scaled down so that it does not drown the values. */
function sineAt(index: number, channels: number): number {
  const position = Math.floor(index / channels);
  const channel = index % channels;
  const angle = position * 100 ** ((-2 * Math.floor(channel / 2)) / channels);
  return 0.3 * (channel % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
